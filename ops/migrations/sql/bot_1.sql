-- What bot/tables.sql said when this step was written.
-- What Rasa keeps: one bounded snapshot a conversation, and the answer of every turn.
CREATE SCHEMA IF NOT EXISTS bot;

CREATE TABLE IF NOT EXISTS bot.tracker (
    conversation_id uuid PRIMARY KEY,
    events jsonb NOT NULL,
    -- also the version: a turn is saved only over the snapshot it has read
    saved_at timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS bot.turn (
    turn_id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL,
    replies jsonb NOT NULL,
    intent text,
    confidence double precision,
    saved_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX IF NOT EXISTS turn_conversation ON bot.turn (conversation_id, saved_at);
