"""The dates of a filing: where they stand, which funds they are about, how firm they are and what they depend on."""
