-- Forms that lines named before the centre kept scans: without a row nobody would ever be asked for them.
insert into event_blob (office, ws, seq, sha256, size, mime)
select office, ws, seq, unhex(json_extract(cast(body as text), '$.body.sha256')),
  json_extract(cast(body as text), '$.body.size'), 'application/pdf'
from event
where t in ('form_rendered', 'slip_rendered') and v = 1
  and not exists (select 1 from quarantine q where q.office = event.office and q.ws = event.ws and q.seq = event.seq
      and q.code <> 'unknown_filing')
  and json_extract(cast(body as text), '$.body.size') <= 268435456
on conflict do nothing;
