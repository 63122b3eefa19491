"""What people are asked and what they answered: sightings, ratings, instruments and their scoring."""
