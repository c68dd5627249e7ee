-- Health-check keys and marks are stored as every resource that is a key with a value: under the name they have in the API.
update document set kind = 'healthcheck-keys' where kind = 'healthcheck-key';
update document
set kind = 'healthcheck-marks', body = json_quote(json_extract(body, '$.real'))
where kind = 'healthcheck-mark';

-- The history says of them what it says of the others: what stood under a key, or null.
update revision
set undo = json_remove(
        json_set(
                json_insert(undo, '$.entries', json('{}')),
                '$.entries."healthcheck-marks"',
                json_extract(undo, '$.healthcheckMarks')),
        '$.healthcheckMarks')
where json_type(undo, '$.healthcheckMarks') = 'object';
update revision
set undo = json_remove(
        json_set(
                json_insert(undo, '$.entries', json('{}')),
                '$.entries."healthcheck-keys"',
                (select json_group_object(key, json(iif(value, '{}', 'null'))) from json_each(undo, '$.healthcheckKeys'))),
        '$.healthcheckKeys')
where json_type(undo, '$.healthcheckKeys') = 'object';
