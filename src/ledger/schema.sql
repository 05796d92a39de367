-- The ledger of demarche: one SQLite file, and this is the manual of its tables.
--
-- A row of `document` is one article, known by the SHA-256 of the bytes that came in. All other evidence hangs on it by
-- (document, idx), where idx is the part's place in the record's list, from 0: the statement that demarche calls
-- 3f9a1c2e.s4 is the row with that document and idx 4. References between parts (speaker, statement, inside …) are such
-- indices too, within the same document.
--
-- Places count code points of article.text, [begin, end), so that
--     substr(text, begin + 1, end - begin)
-- prints the words in any SQLite shell. Where something has several places they stand as JSON: '[[0,5],[9,12]]'.
--
-- Evidence is only ever added: triggers refuse UPDATE and DELETE. What a reader corrects is a row of `correction`.
-- Columns that begin with now_ are no evidence but an index: the value that listings show and sort by, which is the
-- machine's or, where there is a correction in force, the reader's. `demarche verify` recomputes them.
--
-- Unknown is NULL throughout. Names of values ('direct', 'occurred' …) are those of the record's published format.

PRAGMA application_id = 1145918797;   -- 'DMRM'
PRAGMA user_version = 2;

-- A run of `demarche add`. Made when its first document or failure is written; the counts come at its end, so a run
-- without them was broken off.
CREATE TABLE run (
  id       INTEGER PRIMARY KEY,
  made     TEXT,                        -- '2025-03-18T09:30:00Z'
  program  TEXT,                        -- 'demarche 0.1.0'
  added    INTEGER,                     -- new documents
  known    INTEGER,                     -- documents whose hash was there already
  failed   INTEGER                      -- inputs that were left out
) STRICT;

-- An input that was left out, and why.
CREATE TABLE failure (
  run      INTEGER NOT NULL REFERENCES run(id),
  idx      INTEGER NOT NULL,
  place    TEXT NOT NULL,               -- 'news.jsonl:12'
  why      TEXT NOT NULL,
  PRIMARY KEY (run, idx)
) STRICT, WITHOUT ROWID;

-- One article: what is known about it. Its words are in `article`.
CREATE TABLE document (
  id              INTEGER PRIMARY KEY,  -- of this file only; the hash is what stays
  sha256          TEXT NOT NULL UNIQUE, -- of the bytes that came in
  sha256_of       TEXT NOT NULL,        -- those bytes are: 'original' (kept there), 'text' (the text itself), 'input' (not kept)
  text_sha256     TEXT NOT NULL,        -- of article.text as UTF-8
  seal            TEXT NOT NULL,        -- SHA-256 of the whole record as one line of JSON
  run             INTEGER REFERENCES run(id),
  caller_id       TEXT,                 -- the id that came with it
  uri             TEXT,
  publisher       TEXT,
  author          TEXT,
  title           TEXT,
  lang            TEXT,                 -- 'en'
  published       TEXT,                 -- '2025-03-18' or '2025-03-18T09:30:00Z'
  published_how   TEXT,                 -- 'stated', 'inferred', 'received'
  published_first TEXT,                 -- where it is inferred: the earliest
  published_last  TEXT,                 --   and latest date that the text allows
  truncated       INTEGER NOT NULL,     -- 1: the text breaks off in mid-sentence
  bytes           INTEGER NOT NULL,     -- of the text
  body_bytes      INTEGER NOT NULL,     -- of the text without furniture
  words           INTEGER NOT NULL,     -- of the body
  sentences       INTEGER NOT NULL,     -- how many rows (or places) each part has
  boilerplates    INTEGER NOT NULL,
  origins         INTEGER NOT NULL,
  tokens          INTEGER NOT NULL,
  entities        INTEGER NOT NULL,
  times           INTEGER NOT NULL,
  statements      INTEGER NOT NULL,
  events          INTEGER NOT NULL,
  roles           INTEGER NOT NULL,
  expectations    INTEGER NOT NULL,
  relations       INTEGER NOT NULL,
  topics          INTEGER NOT NULL,
  figures         INTEGER NOT NULL,
  now_day         TEXT                  -- the day to sort by: of published, else published_first, else published_last
) STRICT;
CREATE INDEX document_day ON document(now_day);
CREATE INDEX document_publisher ON document(publisher);

-- The words of a document, and where its sentences stand in them.
CREATE TABLE article (
  document  INTEGER PRIMARY KEY REFERENCES document(id),
  text      TEXT NOT NULL,
  sentences TEXT NOT NULL               -- '[[0,57],[58,120]]'; see the view sentence
) STRICT;

-- The bytes that came in, where the text was made from them by cleaning.
CREATE TABLE original (
  document  INTEGER PRIMARY KEY REFERENCES document(id),
  bytes     INTEGER NOT NULL,           -- how many they are
  deflated  BLOB NOT NULL               -- compressed by zlib (RFC 1950)
) STRICT;

-- Furniture: kept and marked, never read as news.
CREATE TABLE boilerplate (
  document INTEGER NOT NULL REFERENCES document(id), idx INTEGER NOT NULL,
  begin    INTEGER NOT NULL, end INTEGER NOT NULL,
  reason   TEXT,                        -- 'byline', 'caption', 'teaser', 'appeal' …
  PRIMARY KEY (document, idx)
) STRICT, WITHOUT ROWID;

-- What the text itself says of where it comes from.
CREATE TABLE origin (
  document INTEGER NOT NULL REFERENCES document(id), idx INTEGER NOT NULL,
  begin    INTEGER NOT NULL, end INTEGER NOT NULL,
  how      TEXT,                        -- 'adapted-from', 'first-published-by', 'agency', 'translated-from'
  name     TEXT,
  uri      TEXT,
  PRIMARY KEY (document, idx)
) STRICT, WITHOUT ROWID;

-- Words with their grammar (Universal Dependencies), only where the record brought them.
CREATE TABLE token (
  document INTEGER NOT NULL REFERENCES document(id), idx INTEGER NOT NULL,
  begin    INTEGER NOT NULL, end INTEGER NOT NULL,
  mwt_begin INTEGER, mwt_end INTEGER,   -- the written token, for the words of a contraction
  form     TEXT, lemma TEXT, upos TEXT, xpos TEXT, feats TEXT, deprel TEXT,
  head     INTEGER,                     -- 0: root; else counted from 1 in its sentence; NULL: not parsed
  sent     INTEGER,                     -- the sentence, from 0
  PRIMARY KEY (document, idx)
) STRICT, WITHOUT ROWID;

-- Every name that was ever read, once. fold: lower case, no diacritics, words parted by one blank; for looking up.
CREATE TABLE name (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE,
  fold     TEXT NOT NULL
) STRICT;

-- Somebody or something that a document names; one row a document.
CREATE TABLE entity (
  document INTEGER NOT NULL REFERENCES document(id), idx INTEGER NOT NULL,
  name_id  INTEGER NOT NULL REFERENCES name(id),
  type     TEXT,                        -- 'PER', 'ORG', 'LOC', 'GPE', 'MISC'
  key      TEXT,                        -- the entry of the actor table
  actor    TEXT,                        -- CAMEO code: 'RUS GOV'
  by       TEXT,                        -- the rule or model that says so
  n_mentions INTEGER NOT NULL,
  mentions TEXT NOT NULL,               -- '[[0,5,"name"],[20,22,"pronoun"]]'; see the view mention
  PRIMARY KEY (document, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_name ON entity(name_id, key);

-- A time that the text names. TIMEX3 types and values.
CREATE TABLE time (
  document INTEGER NOT NULL REFERENCES document(id), idx INTEGER NOT NULL,
  begin    INTEGER NOT NULL, end INTEGER NOT NULL,
  type     TEXT,                        -- 'DATE', 'TIME', 'DURATION', 'SET'
  value    TEXT,                        -- '2025-02-12'
  mod      TEXT,
  doubt    INTEGER NOT NULL,
  by       TEXT,
  now_value TEXT,
  PRIMARY KEY (document, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX time_value ON time(now_value);

-- Who is said to have said, thought, wanted or known what.
CREATE TABLE statement (
  document INTEGER NOT NULL REFERENCES document(id), idx INTEGER NOT NULL,
  speaker  INTEGER,                     -- entity; NULL: not resolved
  form     TEXT,                        -- 'direct', 'indirect', 'mixed'
  class    TEXT,                        -- 'speech', 'thought', 'intention', 'feeling', 'perception', 'document'
  sourcing TEXT,                        -- 'named', 'unnamed', 'collective', 'document'
  source   TEXT NOT NULL,               -- places of the words that name the source
  cue      TEXT NOT NULL,               --   of the word of saying
  content  TEXT NOT NULL,               --   of what is said
  sources  TEXT,                        -- of unnamed ones: '{"count":[7,7],"affiliation":"…","reason":[[70,120]],"same_as":3}'
  addressee INTEGER, medium INTEGER,    -- entities: to whom; the outlet that was told
  judged   TEXT,                        -- 'false', 'doubtful', 'true'
  judged_by INTEGER,                    -- the statement that judges; NULL beside a judgement: the article itself
  judged_begin INTEGER, judged_end INTEGER,
  inside   INTEGER,                     -- the statement whose content holds this one
  time     TEXT,
  by       TEXT,
  now_speaker INTEGER,                  -- name.id of who is shown as the speaker
  now_day  TEXT,                        -- document.now_day
  PRIMARY KEY (document, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_speaker ON statement(now_speaker, now_day);

-- Who did what to whom: PLOVER, with the CAMEO code beside it.
CREATE TABLE event (
  document INTEGER NOT NULL REFERENCES document(id), idx INTEGER NOT NULL,
  begin    INTEGER NOT NULL, end INTEGER NOT NULL,
  anchor_begin INTEGER, anchor_end INTEGER,
  type     TEXT, mode TEXT, cameo TEXT,
  contexts TEXT NOT NULL,               -- '["diplomatic"]'
  time     TEXT, time_first TEXT, time_last TEXT,
  before   TEXT NOT NULL,               -- events that it precedes: '[3,4]'
  after    TEXT NOT NULL,               -- events that it follows
  place_begin INTEGER, place_end INTEGER, place_name TEXT,
  goldstein REAL, p REAL,
  status   TEXT,                        -- 'occurred', 'planned', 'demanded', 'denied' …
  statement INTEGER,                    -- that carries it; NULL: the article itself asserts it
  by       TEXT,
  PRIMARY KEY (document, idx)
) STRICT, WITHOUT ROWID;

-- The sources and targets of events. idx counts through the document's roles.
CREATE TABLE role (
  document INTEGER NOT NULL REFERENCES document(id), idx INTEGER NOT NULL,
  event    INTEGER NOT NULL,
  side     TEXT NOT NULL,               -- 'source', 'target'
  entity   INTEGER,
  actor    TEXT,
  PRIMARY KEY (document, idx)
) STRICT, WITHOUT ROWID;

-- What somebody says will, may or should come.
CREATE TABLE expectation (
  document INTEGER NOT NULL REFERENCES document(id), idx INTEGER NOT NULL,
  begin    INTEGER NOT NULL, end INTEGER NOT NULL,
  holder   INTEGER,                     -- entity
  kind     TEXT,                        -- 'forecast', 'hope', 'fear', 'demand', 'offer', 'promise', 'threat' …
  polarity INTEGER NOT NULL, strength REAL,
  condition TEXT NOT NULL,              -- places
  due      TEXT,
  after    INTEGER,                     -- the expectation that this one is the fallback of
  statement INTEGER,
  by       TEXT,
  PRIMARY KEY (document, idx)
) STRICT, WITHOUT ROWID;

-- Ties and echoes that the text itself asserts.
CREATE TABLE relation (
  document INTEGER NOT NULL REFERENCES document(id), idx INTEGER NOT NULL,
  begin    INTEGER NOT NULL, end INTEGER NOT NULL,
  type     TEXT,                        -- 'kin', 'tie', 'represents', 'intermediary', 'echoes', 'contradicts', 'opposes'
  from_entity INTEGER, to_entity INTEGER, via INTEGER,
  what     TEXT NOT NULL,               -- places
  time     TEXT,
  statement INTEGER,
  by       TEXT,
  PRIMARY KEY (document, idx)
) STRICT, WITHOUT ROWID;

-- What is spoken of.
CREATE TABLE topic (
  document INTEGER NOT NULL REFERENCES document(id), idx INTEGER NOT NULL,
  key      TEXT,                        -- 'sanctions'
  spans    TEXT NOT NULL,
  statement INTEGER,
  by       TEXT,
  PRIMARY KEY (document, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX topic_key ON topic(key);

-- Amounts and measures that somebody gives.
CREATE TABLE figure (
  document INTEGER NOT NULL REFERENCES document(id), idx INTEGER NOT NULL,
  begin    INTEGER NOT NULL, end INTEGER NOT NULL,
  value    REAL, unit TEXT,             -- 96000000000.0, 'USD'
  what     TEXT NOT NULL,               -- places
  period   TEXT,
  statement INTEGER,
  by       TEXT,
  PRIMARY KEY (document, idx)
) STRICT, WITHOUT ROWID;

-- Another reading of a document that is here already, brought by `demarche merge`: kept as it came, never shown instead.
CREATE TABLE variant (
  document INTEGER NOT NULL REFERENCES document(id),
  seal     TEXT NOT NULL,               -- SHA-256 of record
  record   TEXT NOT NULL,               -- one line of JSON
  PRIMARY KEY (document, seal)
) STRICT, WITHOUT ROWID;

-- A line that may be furniture of a site, and how often it was met: a sentence, or several, on a line of their own, that
-- name nobody, no day and no figure, and are nobody's words. No evidence but an index, like the now_ columns: it follows
-- from the documents, and `demarche verify` recounts it. See the view furniture_learnt for the lines that are furniture.
CREATE TABLE recurring (
  key       INTEGER PRIMARY KEY,        -- 64 bits of a hash of the publisher and the folded words
  document  INTEGER NOT NULL REFERENCES document(id),   -- the first one where it was met, and its place there
  begin     INTEGER NOT NULL, end INTEGER NOT NULL,
  documents INTEGER NOT NULL,           -- of this publisher that hold it, with a known day
  days      TEXT NOT NULL,              -- five different ones of these at most: '2025-03-18 2025-03-19'
  first     TEXT NOT NULL, last TEXT NOT NULL           -- the earliest and the latest of all
) STRICT;
CREATE INDEX recurring_often ON recurring(documents) WHERE documents >= 5;
-- How many documents a publisher has of each day, to tell what share of them holds a line. An index as well.
CREATE TABLE publisher_day (
  publisher TEXT NOT NULL,
  day       TEXT NOT NULL,
  documents INTEGER NOT NULL,
  PRIMARY KEY (publisher, day)
) STRICT, WITHOUT ROWID;

-- The reader's own word, laid over the machine's. In force is, of the rows with the same (document, part, idx, field)
-- that no other row takes back, the last one by made, nth, identity; see the view corrected. The identity is a hash of
-- the row's content, so that ledgers can be joined in any order. A correction of a part is bound to the reading in which
-- it was made: where a merge brings it beside another reading of the same document, it is kept but not in force.
CREATE TABLE correction (
  id       INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document(id),
  part     TEXT NOT NULL,               -- 'd' document, 's' statement, 't' time, 'n' entity, 'e' event …
  idx      INTEGER NOT NULL,            -- -1 for the document itself
  field    TEXT NOT NULL,               -- 'speaker', 'published', 'value' …, or 'rejected'
  value    TEXT,                        -- NULL: unknown
  was      TEXT,                        -- what the machine had
  reason   TEXT,
  made     TEXT,
  nth      INTEGER NOT NULL,            -- counts the corrections of this field
  seal     TEXT,                        -- of the reading whose part it corrects; NULL for fields of the document itself
  identity TEXT NOT NULL UNIQUE,
  takes_back TEXT                       -- identity of the correction that this row ends; value means nothing then
) STRICT;
CREATE INDEX correction_of ON correction(document, part, idx, field);
CREATE INDEX correction_back ON correction(takes_back);

-- Full-text index, without the texts themselves: rowid is the document, body is the text with the furniture blanked out.
CREATE VIRTUAL TABLE search USING fts5(title, body, content='', columnsize=0, tokenize="unicode61 remove_diacritics 2");
INSERT INTO search(search, rank) VALUES('hashsize', 8388608);   -- bytes of words held until they are written: a batch, not a tenth of it

-- ---- views: the words themselves ------------------------------------------------------------------------------------

-- One row a sentence.
CREATE VIEW sentence AS
SELECT a.document, j.key AS idx, json_extract(j.value, '$[0]') AS begin, json_extract(j.value, '$[1]') AS end,
       substr(a.text, json_extract(j.value, '$[0]') + 1,
              json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]')) AS words
FROM article a, json_each(a.sentences) j;

-- One row a mention of an entity. A fourth member is the probability that its words and type are right; NULL where there is none.
CREATE VIEW mention AS
SELECT e.document, e.idx AS entity, j.key AS idx, json_extract(j.value, '$[0]') AS begin, json_extract(j.value, '$[1]') AS end,
       json_extract(j.value, '$[2]') AS kind, json_extract(j.value, '$[3]') AS p,
       substr(a.text, json_extract(j.value, '$[0]') + 1,
              json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]')) AS words
FROM entity e JOIN article a ON a.document = e.document, json_each(e.mentions) j;

-- Corrections in force.
CREATE VIEW corrected AS
SELECT id, document, part, idx, field, value, was, reason, made FROM (
  SELECT *, row_number() OVER (PARTITION BY document, part, idx, field ORDER BY made DESC, nth DESC, identity DESC) AS rank
  FROM correction c
  WHERE takes_back IS NULL AND NOT EXISTS (SELECT 1 FROM correction t WHERE t.takes_back = c.identity)
    AND (seal IS NULL OR seal = (SELECT d.seal FROM document d WHERE d.id = c.document)))
WHERE rank = 1;

-- Who said what, in words, with the reader's corrections of the speaker.
CREATE VIEW said AS
SELECT s.document, s.idx, substr(d.sha256, 1, 8) || '.s' || s.idx AS id, s.now_day AS day, d.publisher, n.name AS speaker,
       (SELECT group_concat(substr(a.text, json_extract(value, '$[0]') + 1, json_extract(value, '$[1]') - json_extract(value, '$[0]')), ' … ')
        FROM json_each(s.source)) AS source,
       (SELECT group_concat(substr(a.text, json_extract(value, '$[0]') + 1, json_extract(value, '$[1]') - json_extract(value, '$[0]')), ' … ')
        FROM json_each(s.cue)) AS cue,
       (SELECT group_concat(substr(a.text, json_extract(value, '$[0]') + 1, json_extract(value, '$[1]') - json_extract(value, '$[0]')), ' … ')
        FROM json_each(s.content)) AS words,
       s.form, s.class, s.sourcing
FROM statement s JOIN document d ON d.id = s.document JOIN article a ON a.document = s.document
     LEFT JOIN name n ON n.id = s.now_speaker;

-- Which times are named, in words.
CREATE VIEW dated AS
SELECT t.document, t.idx, substr(d.sha256, 1, 8) || '.t' || t.idx AS id, t.now_value AS value, t.type,
       substr(a.text, t.begin + 1, t.end - t.begin) AS words, d.now_day AS day, d.publisher
FROM time t JOIN document d ON d.id = t.document JOIN article a ON a.document = t.document;

-- Who is named where.
CREATE VIEW named AS
SELECT e.document, e.idx, substr(d.sha256, 1, 8) || '.n' || e.idx AS id, n.name, e.type, e.key, e.actor, e.n_mentions AS mentions,
       d.now_day AS day, d.publisher
FROM entity e JOIN name n ON n.id = e.name_id JOIN document d ON d.id = e.document;

-- Furniture, in words.
CREATE VIEW furniture AS
SELECT b.document, b.idx, b.reason, substr(a.text, b.begin + 1, b.end - b.begin) AS words
FROM boilerplate b JOIN article a ON a.document = b.document;

-- What was learnt: lines that stand in five documents of one publisher, of five different days, and in one of twenty of
-- its documents between the first and the last day.
CREATE VIEW furniture_learnt AS
SELECT d.publisher, r.documents, substr(d.sha256, 1, 8) AS id, substr(a.text, r.begin + 1, r.end - r.begin) AS words
FROM recurring r JOIN document d ON d.id = r.document JOIN article a ON a.document = r.document
WHERE r.documents >= 5 AND length(r.days) = 54
  AND r.documents * 20 >= (SELECT sum(p.documents) FROM publisher_day p
                           WHERE p.publisher = d.publisher AND p.day BETWEEN r.first AND r.last);

-- Who did what to whom, in words: one row for each couple of a source and a target (NULL where there is none).
CREATE VIEW happened AS
SELECT e.document, e.idx, substr(d.sha256, 1, 8) || '.e' || e.idx AS id, coalesce(e.time, d.now_day) AS day, d.publisher,
       coalesce(x.actor, xn.name) AS source, e.type, e.cameo, coalesce(y.actor, yn.name) AS target, e.status, e.p,
       substr(a.text, e.begin + 1, e.end - e.begin) AS words
FROM event e JOIN document d ON d.id = e.document JOIN article a ON a.document = e.document
     LEFT JOIN role x ON x.document = e.document AND x.event = e.idx AND x.side = 'source'
     LEFT JOIN entity xe ON xe.document = x.document AND xe.idx = x.entity LEFT JOIN name xn ON xn.id = xe.name_id
     LEFT JOIN role y ON y.document = e.document AND y.event = e.idx AND y.side = 'target'
     LEFT JOIN entity ye ON ye.document = y.document AND ye.idx = y.entity LEFT JOIN name yn ON yn.id = ye.name_id;

-- What is expected, in words.
CREATE VIEW expected AS
SELECT x.document, x.idx, substr(d.sha256, 1, 8) || '.x' || x.idx AS id, d.now_day AS day, d.publisher, n.name AS holder, x.kind,
       x.polarity, x.strength, x.due, substr(a.text, x.begin + 1, x.end - x.begin) AS words
FROM expectation x JOIN document d ON d.id = x.document JOIN article a ON a.document = x.document
     LEFT JOIN entity e ON e.document = x.document AND e.idx = x.holder LEFT JOIN name n ON n.id = e.name_id;

-- ---- evidence is only ever added ------------------------------------------------------------------------------------

CREATE TRIGGER failure_stays BEFORE DELETE ON failure BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER failure_holds BEFORE UPDATE ON failure BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER document_stays BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER document_holds BEFORE UPDATE ON document
WHEN (old.id, old.sha256, old.sha256_of, old.text_sha256, old.seal, old.run, old.caller_id, old.uri, old.publisher,
    old.author, old.title, old.lang, old.published, old.published_how, old.published_first, old.published_last,
    old.truncated, old.bytes, old.body_bytes, old.words, old.sentences, old.boilerplates, old.origins, old.tokens,
    old.entities, old.times, old.statements, old.events, old.roles, old.expectations, old.relations, old.topics,
    old.figures)
     IS NOT
     (new.id, new.sha256, new.sha256_of, new.text_sha256, new.seal, new.run, new.caller_id, new.uri, new.publisher,
    new.author, new.title, new.lang, new.published, new.published_how, new.published_first, new.published_last,
    new.truncated, new.bytes, new.body_bytes, new.words, new.sentences, new.boilerplates, new.origins, new.tokens,
    new.entities, new.times, new.statements, new.events, new.roles, new.expectations, new.relations, new.topics,
    new.figures)
BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER article_stays BEFORE DELETE ON article BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER article_holds BEFORE UPDATE ON article BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER original_stays BEFORE DELETE ON original BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER original_holds BEFORE UPDATE ON original BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER boilerplate_stays BEFORE DELETE ON boilerplate BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER boilerplate_holds BEFORE UPDATE ON boilerplate BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER origin_stays BEFORE DELETE ON origin BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER origin_holds BEFORE UPDATE ON origin BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER token_stays BEFORE DELETE ON token BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER token_holds BEFORE UPDATE ON token BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER name_stays BEFORE DELETE ON name BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER name_holds BEFORE UPDATE ON name BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER entity_stays BEFORE DELETE ON entity BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER entity_holds BEFORE UPDATE ON entity BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER time_stays BEFORE DELETE ON time BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER time_holds BEFORE UPDATE ON time
WHEN (old.document, old.idx, old.begin, old.end, old.type, old.value, old.mod, old.doubt, old.by)
     IS NOT
     (new.document, new.idx, new.begin, new.end, new.type, new.value, new.mod, new.doubt, new.by)
BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER statement_stays BEFORE DELETE ON statement BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER statement_holds BEFORE UPDATE ON statement
WHEN (old.document, old.idx, old.speaker, old.form, old.class, old.sourcing, old.source, old.cue, old.content,
    old.sources, old.addressee, old.medium, old.judged, old.judged_by, old.judged_begin, old.judged_end, old.inside,
    old.time, old.by)
     IS NOT
     (new.document, new.idx, new.speaker, new.form, new.class, new.sourcing, new.source, new.cue, new.content,
    new.sources, new.addressee, new.medium, new.judged, new.judged_by, new.judged_begin, new.judged_end, new.inside,
    new.time, new.by)
BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER event_holds BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER role_stays BEFORE DELETE ON role BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER role_holds BEFORE UPDATE ON role BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER expectation_stays BEFORE DELETE ON expectation BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER expectation_holds BEFORE UPDATE ON expectation BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER relation_stays BEFORE DELETE ON relation BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER relation_holds BEFORE UPDATE ON relation BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER topic_stays BEFORE DELETE ON topic BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER topic_holds BEFORE UPDATE ON topic BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER figure_stays BEFORE DELETE ON figure BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER figure_holds BEFORE UPDATE ON figure BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER variant_stays BEFORE DELETE ON variant BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER variant_holds BEFORE UPDATE ON variant BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER correction_stays BEFORE DELETE ON correction BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER correction_holds BEFORE UPDATE ON correction BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER run_stays BEFORE DELETE ON run BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
CREATE TRIGGER run_holds BEFORE UPDATE ON run WHEN old.added IS NOT NULL OR old.id IS NOT new.id
BEGIN SELECT RAISE(ABORT, 'evidence is only ever added'); END;
