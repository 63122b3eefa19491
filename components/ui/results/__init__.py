"""The page Results: what people felt, trusted and would ship."""
