"""What results mean, in sentences a designer can act on, and what they rest on."""
