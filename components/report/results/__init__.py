"""Results: verdict sentences, what they rest on, and ratings as files."""
