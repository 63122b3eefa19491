"""Access: who may open the pages, and what a browser may do with them."""
