"""What a FollowTheMoney file is made of: entities, one a line, that refer to each other (https://followthemoney.tech)."""
