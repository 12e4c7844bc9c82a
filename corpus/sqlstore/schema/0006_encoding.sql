-- In which encoding the files of a version came: '' is UTF-8.

-- +goose Up

ALTER TABLE version ADD COLUMN source_encoding TEXT NOT NULL DEFAULT '';
ALTER TABLE version ADD COLUMN target_encoding TEXT NOT NULL DEFAULT '';
