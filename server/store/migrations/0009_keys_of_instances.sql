-- Under which master key each instance opens what is kept, as it says: its name, or '' for none; nothing: it is older
-- than this column.
ALTER TABLE instance ADD COLUMN master_key TEXT;
