-- What a revision replaced: taking it back leads to the revision before. Absent in revisions older than this script.
alter table revision add column undo text;

-- Number of the newest revision that was removed from the history; 0 = none was.
alter table store add column pruned integer not null default 0;
