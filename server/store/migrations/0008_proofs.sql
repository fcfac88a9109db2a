-- By which credential each instance proves itself, as it says; nothing: it is older than this column.
ALTER TABLE instance ADD COLUMN proof TEXT;
