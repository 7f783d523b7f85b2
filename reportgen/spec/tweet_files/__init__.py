"""Files of tweets, of whatever kind, and the tweets that a report takes from them."""
