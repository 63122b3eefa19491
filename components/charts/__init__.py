"""Charts: data frames in, plotly figures out; a pane's colour is its line's colour everywhere."""
