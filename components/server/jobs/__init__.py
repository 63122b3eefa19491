"""Jobs: what runs in the background: recording a pack, calibrating a model."""
