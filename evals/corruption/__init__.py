"""Right answers corrupted one at a time and fed back as the model's: what is stopped, flagged, passed."""
