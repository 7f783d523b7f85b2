"""The names that the vendor's contract allows in the query parameters of these calls."""

from __future__ import annotations

from typing import Final

POST_FIELDS: Final = (
    *("article", "article_title", "attachments", "card_uri", "community_id", "context_annotations"),
    *("conversation_id", "created_at", "display_text_range", "edit_controls", "entities", "geo", "id", "lang"),
    *("matched_media_notes", "media_metadata", "non_public_metrics", "note_post", "note_request_suggestions"),
    *("organic_metrics", "paid_partnership", "possibly_sensitive", "promoted_metrics", "public_metrics"),
    *("reply_settings", "scopes", "source", "suggested_source_links", "suggested_source_links_with_counts"),
    *("text", "withheld"),
)
USER_FIELDS: Final = (
    *("confirmed_email", "connection_status", "created_at", "description", "entities", "id"),
    *("is_identity_verified", "location", "name", "parody", "profile_banner_url", "profile_image_url"),
    *("protected", "public_metrics", "receives_your_dm", "subscribes_to_you", "subscription"),
    *("subscription_type", "url", "username", "verified", "verified_followers_count", "verified_type", "withheld"),
)
MEDIA_FIELDS: Final = (
    *("alt_text", "duration_ms", "height", "media_key", "non_public_metrics", "organic_metrics"),
    *("preview_image_url", "promoted_metrics", "public_metrics", "type", "url", "variants", "width"),
)
POLL_FIELDS: Final = ("duration_minutes", "end_datetime", "id", "options", "voting_status")
PLACE_FIELDS: Final = ("contained_within", "country", "country_code", "full_name", "geo", "id", "name", "place_type")
POST_EXPANSIONS: Final = (
    *("article.cover_media", "article.media_entities", "attachments.media_keys", "attachments.media_source_tweet"),
    *("attachments.poll_ids", "author_id", "edit_history_post_ids", "entities.mentions.username", "geo.place_id"),
    *("in_reply_to_user_id", "referenced_posts", "username"),
)
USER_EXPANSIONS: Final = ("affiliation", "most_recent_post_id", "pinned_post_id")
EXCLUDE: Final = ("replies", "retweets")
