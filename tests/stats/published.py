"""Data with published results."""

import numpy as np

SLEEP = np.array(  # Student 1908: extra hours of sleep of ten people on two drugs
    [[0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]]
)
