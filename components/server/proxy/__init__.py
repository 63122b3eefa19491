"""Proxy: OpenAI's chat completions for a product's own client, recorded."""
