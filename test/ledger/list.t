# Listings. A line of JSON is a record that is put; "?" asks, "=" is a row that must come, "~" a part of the error that must;
# "!" corrects. Everything here is invented: the harbour, its minister, the papers.
{"format": 1, "id": "harbour", "publisher": "Tessaly Herald", "published": "2025-03-18", "title": "The harbour of Orsk reopens", "lang": "en", "text": "Minister Dario Ítal said on 18 March 2025: “The harbour will reopen,” and added: “Nobody will stop it.” Fishermen waited. Please donate to our harbour fund.", "published_how": "stated", "boilerplate": [{"span": [122, 156], "reason": "appeal"}], "sentences": [[0, 103], [104, 121]], "entities": [{"id": 0, "name": "Dario Ítal", "type": "PER", "key": "ital", "mentions": [{"span": [9, 19], "kind": "name"}]}, {"id": 1, "name": "Orsk", "type": "LOC", "key": null, "mentions": []}], "times": [{"span": [28, 41], "type": "DATE", "value": "2025-03-18"}], "statements": [{"id": 0, "source": [[0, 19]], "cue": [[20, 24]], "content": [[44, 67], [82, 101]], "speaker": 0, "form": "direct", "class": "speech", "sourcing": "named"}], "topics": [{"key": "ports", "spans": [[48, 55]], "statement": 0}]}
{"format": 1, "id": "denial", "publisher": "Morrow Courier", "published": "2025-04-02", "title": "Envoy denies a deal", "lang": "en", "text": "Envoy Lena Marek denied any deal. “There is no deal on grain,” she said. An official said: “Talks go on until 5 May 2025.” The harbour was not mentioned.", "published_how": "stated", "boilerplate": [], "sentences": [[0, 33], [34, 72], [73, 122], [123, 153]], "entities": [{"id": 0, "name": "Lena Marek", "type": "PER", "key": null, "mentions": [{"span": [6, 16], "kind": "name"}]}, {"id": 1, "name": "Dario Ital", "type": "PER", "key": "ital", "mentions": []}], "times": [{"span": [110, 120], "type": "DATE", "value": "2025-05-05"}], "statements": [{"id": 0, "source": [[63, 66]], "cue": [[67, 71]], "content": [[35, 60]], "speaker": 0, "form": "direct", "class": "speech", "sourcing": "named"}, {"id": 1, "source": [[73, 84]], "cue": [[67, 71]], "content": [[92, 120]], "speaker": null, "form": "direct", "class": "speech", "sourcing": "unnamed"}], "topics": [{"key": "grain", "spans": [[55, 60]], "statement": 0}]}
{"format": 1, "id": "undated", "publisher": "Tessaly Herald", "published": null, "title": "A note without a date", "lang": "en", "text": "Somebody in Orsk wrote that sanctions bite. The sanctioned say so.", "boilerplate": [], "sentences": [[0, 43], [44, 66]], "entities": [{"id": 0, "name": "Orsk", "type": "LOC", "key": null, "mentions": [{"span": [12, 16], "kind": "name"}]}], "times": [], "statements": [], "topics": []}
{"format": 1, "id": "range", "publisher": "Morrow Courier", "published": null, "title": "The week of the strike", "lang": "en", "text": "The strike began on 9 March 2025. Lena Marek called it long.", "published_how": "inferred", "published_range": ["2025-03-09", "2025-03-15"], "boilerplate": [], "sentences": [[0, 33], [34, 60]], "entities": [{"id": 0, "name": "Marek", "type": "PER", "key": null, "mentions": [{"span": [34, 44], "kind": "name"}]}], "times": [{"span": [20, 32], "type": "DATE", "value": "2025-03-09"}], "statements": [], "topics": []}
? documents
= 8f35c587 | 2025-03-09/2025-03-15 | inferred | The week of the strike | Morrow Courier | - | en | 0 | 12 | -
= 95c216e5 | 2025-03-18 | stated | The harbour of Orsk reopens | Tessaly Herald | - | en | 1 | 20 | -
= 0449e5ff | 2025-04-02 | stated | Envoy denies a deal | Morrow Courier | - | en | 2 | 29 | -
= d36b492c | - | - | A note without a date | Tessaly Herald | - | en | 0 | 11 | -
? documents newest limit=2
= 0449e5ff | 2025-04-02 | stated | Envoy denies a deal | Morrow Courier | - | en | 2 | 29 | -
= 95c216e5 | 2025-03-18 | stated | The harbour of Orsk reopens | Tessaly Herald | - | en | 1 | 20 | -
? documents publisher=herald
= 95c216e5 | 2025-03-18 | stated | The harbour of Orsk reopens | Tessaly Herald | - | en | 1 | 20 | -
= d36b492c | - | - | A note without a date | Tessaly Herald | - | en | 0 | 11 | -
? documents since=2025-03 until=2025-03
= 8f35c587 | 2025-03-09/2025-03-15 | inferred | The week of the strike | Morrow Courier | - | en | 0 | 12 | -
= 95c216e5 | 2025-03-18 | stated | The harbour of Orsk reopens | Tessaly Herald | - | en | 1 | 20 | -
? documents until=2025
= 8f35c587 | 2025-03-09/2025-03-15 | inferred | The week of the strike | Morrow Courier | - | en | 0 | 12 | -
= 95c216e5 | 2025-03-18 | stated | The harbour of Orsk reopens | Tessaly Herald | - | en | 1 | 20 | -
= 0449e5ff | 2025-04-02 | stated | Envoy denies a deal | Morrow Courier | - | en | 2 | 29 | -
? documents since=soon
~ since 'soon' is no date; write 2025-03-18, 2025-03 or 2025
? documents actor=ital
= 95c216e5 | 2025-03-18 | stated | The harbour of Orsk reopens | Tessaly Herald | - | en | 1 | 20 | -
= 0449e5ff | 2025-04-02 | stated | Envoy denies a deal | Morrow Courier | - | en | 2 | 29 | -
? documents topic=grain
= 0449e5ff | 2025-04-02 | stated | Envoy denies a deal | Morrow Courier | - | en | 2 | 29 | -
? documents lang=de
? documents type=DATE
~ documents have no type to choose by
? documents document=denial
= 0449e5ff | 2025-04-02 | stated | Envoy denies a deal | Morrow Courier | - | en | 2 | 29 | -
? documents document=nowhere
~ there is no document 'nowhere' in 'a ledger in memory'; ids are the first digits of a hash (4 or more), the document's own id, or its address
? said
= 95c216e5.s0 | 2025-03-18 | Dario Ítal | The harbour will reopen … Nobody will stop it | said | Tessaly Herald | direct | named | Minister Dario Ítal
= 0449e5ff.s0 | 2025-04-02 | Lena Marek | There is no deal on grain | said | Morrow Courier | direct | named | she
= 0449e5ff.s1 | 2025-04-02 | - | Talks go on until 5 May 2025 | said | Morrow Courier | direct | unnamed | An official
? said actor=ITAL
= 95c216e5.s0 | 2025-03-18 | Dario Ítal | The harbour will reopen … Nobody will stop it | said | Tessaly Herald | direct | named | Minister Dario Ítal
? said actor=mar
? said type=unnamed
= 0449e5ff.s1 | 2025-04-02 | - | Talks go on until 5 May 2025 | said | Morrow Courier | direct | unnamed | An official
? said words=grain
= 0449e5ff.s0 | 2025-04-02 | Lena Marek | There is no deal on grain | said | Morrow Courier | direct | named | she
? said words=harbour -grain
= 95c216e5.s0 | 2025-03-18 | Dario Ítal | The harbour will reopen … Nobody will stop it | said | Tessaly Herald | direct | named | Minister Dario Ítal
? said topic=ports
= 95c216e5.s0 | 2025-03-18 | Dario Ítal | The harbour will reopen … Nobody will stop it | said | Tessaly Herald | direct | named | Minister Dario Ítal
? said newest
= 0449e5ff.s1 | 2025-04-02 | - | Talks go on until 5 May 2025 | said | Morrow Courier | direct | unnamed | An official
= 0449e5ff.s0 | 2025-04-02 | Lena Marek | There is no deal on grain | said | Morrow Courier | direct | named | she
= 95c216e5.s0 | 2025-03-18 | Dario Ítal | The harbour will reopen … Nobody will stop it | said | Tessaly Herald | direct | named | Minister Dario Ítal
? when
= 8f35c587.t0 | 2025-03-09 | DATE | The strike began on 9 March 2025. | 9 March 2025 | 2025-03-09/2025-03-15 | Morrow Courier | -
= 95c216e5.t0 | 2025-03-18 | DATE | Minister Dario Ítal said on 18 March 2025: “The harbour will reopen,” and added: “Nobody will stop it.” | 18 March 2025 | 2025-03-18 | Tessaly Herald | -
= 0449e5ff.t0 | 2025-05-05 | DATE | An official said: “Talks go on until 5 May 2025.” | 5 May 2025 | 2025-04-02 | Morrow Courier | -
? when since=2025-04
= 0449e5ff.t0 | 2025-05-05 | DATE | An official said: “Talks go on until 5 May 2025.” | 5 May 2025 | 2025-04-02 | Morrow Courier | -
? when words=strike
= 8f35c587.t0 | 2025-03-09 | DATE | The strike began on 9 March 2025. | 9 March 2025 | 2025-03-09/2025-03-15 | Morrow Courier | -
? who
= Dario Ital | 2 | 1 | 1 | 2025-03-18 | 2025-04-02 | 95c216e5.n0
= Orsk | 2 | 1 | 0 | 2025-03-18 | 2025-03-18 | 95c216e5.n1
= Lena Marek | 1 | 1 | 1 | 2025-04-02 | 2025-04-02 | 0449e5ff.n0
= Marek | 1 | 1 | 0 | 2025-03-09 | 2025-03-09 | 8f35c587.n0
? who type=LOC
= Orsk | 2 | 1 | 0 | 2025-03-18 | 2025-03-18 | 95c216e5.n1
? who actor=lena
= Lena Marek | 1 | 1 | 1 | 2025-04-02 | 2025-04-02 | 0449e5ff.n0
? search words=harbour
= 95c216e5.p0 | 2025-03-18 | Tessaly Herald | The harbour of Orsk reopens | Minister Dario Ítal said on 18 March 2025: “The harbour will reopen,” and added: “Nobody will stop it.”
= 0449e5ff.p3 | 2025-04-02 | Morrow Courier | Envoy denies a deal | The harbour was not mentioned.
? search words=donate
? search words=sanction
? search words=sanction*
= d36b492c.p0 | - | Tessaly Herald | A note without a date | Somebody in Orsk wrote that sanctions bite.
? search words="harbour will"
= 95c216e5.p0 | 2025-03-18 | Tessaly Herald | The harbour of Orsk reopens | Minister Dario Ítal said on 18 March 2025: “The harbour will reopen,” and added: “Nobody will stop it.”
? search words="will harbour"
? search words=harbour -deal
= 95c216e5.p0 | 2025-03-18 | Tessaly Herald | The harbour of Orsk reopens | Minister Dario Ítal said on 18 March 2025: “The harbour will reopen,” and added: “Nobody will stop it.”
? search words=strike OR grain
= 8f35c587.p0 | 2025-03-09/2025-03-15 | Morrow Courier | The week of the strike | The strike began on 9 March 2025.
= 0449e5ff.p1 | 2025-04-02 | Morrow Courier | Envoy denies a deal | “There is no deal on grain,” she said.
? search words=strike OR
~ the search 'strike OR': a word is missing after OR
? search words="strike
~ the search '"strike': a phrase is not closed: "strike; put a quotation mark at its end
? search words=-strike
~ the search '-strike' needs at least one word to look for
? search words=...
~ the search '...' needs at least one word to look for
? search words=ITAL
= 95c216e5.p0 | 2025-03-18 | Tessaly Herald | The harbour of Orsk reopens | Minister Dario Ítal said on 18 March 2025: “The harbour will reopen,” and added: “Nobody will stop it.”
? search words=note
= d36b492c | - | Tessaly Herald | A note without a date | -
? search words=title:note AND (NEAR)
? by-publisher words=harbour
= Morrow Courier | 1
= Tessaly Herald | 1
? by-month
= 2025-03 | 2
= 2025-04 | 1
= - | 1
? by-speaker
= Dario Ítal | 1
= Lena Marek | 1
? by-speaker words=deal
= Lena Marek | 1
! correct denial.s1 speaker Lena Marek; the official was she
? said actor=marek
= 0449e5ff.s0 | 2025-04-02 | Lena Marek | There is no deal on grain | said | Morrow Courier | direct | named | she
= 0449e5ff.s1 | 2025-04-02 | Lena Marek | Talks go on until 5 May 2025 | said | Morrow Courier | direct | unnamed | An official
? by-speaker
= Dario Ítal | 1
= Lena Marek | 1
! correct undated published 2025-04-10; the archive says so
? documents since=2025-04
= 0449e5ff | 2025-04-02 | stated | Envoy denies a deal | Morrow Courier | - | en | 2 | 29 | -
= d36b492c | 2025-04-10 | - | A note without a date | Tessaly Herald | - | en | 0 | 11 | -
? by-month
= 2025-03 | 2
= 2025-04 | 2
! correct denial.s0 rejected true; misread
? said
= 95c216e5.s0 | 2025-03-18 | Dario Ítal | The harbour will reopen … Nobody will stop it | said | Tessaly Herald | direct | named | Minister Dario Ítal
= 0449e5ff.s1 | 2025-04-02 | Lena Marek | Talks go on until 5 May 2025 | said | Morrow Courier | direct | unnamed | An official
! correct harbour publisher Orsk Observer; sold
? by-publisher
= Morrow Courier | 2
= Orsk Observer | 1
= Tessaly Herald | 1
? documents publisher=observer
= 95c216e5 | 2025-03-18 | stated | The harbour of Orsk reopens | Orsk Observer | - | en | 1 | 20 | -
! correct range.n0 name Lena Marek; the same
? who actor=lena
= Lena Marek | 2 | 2 | 1 | 2025-03-09 | 2025-04-02 | 8f35c587.n0
! correct harbour.t0 value 2025-03-17; a slip
? when until=2025-03
= 8f35c587.t0 | 2025-03-09 | DATE | The strike began on 9 March 2025. | 9 March 2025 | 2025-03-09/2025-03-15 | Morrow Courier | -
= 95c216e5.t0 | 2025-03-17 | DATE | Minister Dario Ítal said on 18 March 2025: “The harbour will reopen,” and added: “Nobody will stop it.” | 18 March 2025 | 2025-03-18 | Orsk Observer | -
? corrections
= 0449e5ff.s1 | speaker | Lena Marek | - | the official was she | 2025-06-01T00:01:00Z | in force
= d36b492c | published | 2025-04-10 | - | the archive says so | 2025-06-01T00:02:00Z | in force
= 0449e5ff.s0 | rejected | true | - | misread | 2025-06-01T00:03:00Z | in force
= 95c216e5 | publisher | Orsk Observer | Tessaly Herald | sold | 2025-06-01T00:04:00Z | in force
= 8f35c587.n0 | name | Lena Marek | Marek | the same | 2025-06-01T00:05:00Z | in force
= 95c216e5.t0 | value | 2025-03-17 | 2025-03-18 | a slip | 2025-06-01T00:06:00Z | in force
! correct harbour.s0 form loud; x
~ form is one of: direct, indirect, mixed; not 'loud'
! correct harbour.s0 colour red; x
~ 'colour' cannot be corrected there; these can: speaker, form, class, sourcing, judged, time, rejected
! correct harbour.s9 form direct; x
~ 'harbour.s9' is not there: the document has 1 of 's', counted from 0
! uncorrect denial.s1 speaker
? by-speaker
= Dario Ítal | 1
! uncorrect denial.s1 speaker
~ there is no correction of 'speaker' to take back
! uncorrect denial.s0 rejected
! uncorrect undated published
! correct harbour publisher Orsk Mirror; sold again
? documents
= 8f35c587 | 2025-03-09/2025-03-15 | inferred | The week of the strike | Morrow Courier | - | en | 0 | 12 | -
= 95c216e5 | 2025-03-18 | stated | The harbour of Orsk reopens | Orsk Mirror | - | en | 1 | 20 | -
= 0449e5ff | 2025-04-02 | stated | Envoy denies a deal | Morrow Courier | - | en | 2 | 29 | -
= d36b492c | - | - | A note without a date | Tessaly Herald | - | en | 0 | 11 | -
? corrections document=harbour
= 95c216e5 | publisher | Orsk Observer | Tessaly Herald | sold | 2025-06-01T00:04:00Z | replaced
= 95c216e5.t0 | value | 2025-03-17 | 2025-03-18 | a slip | 2025-06-01T00:06:00Z | in force
= 95c216e5 | publisher | Orsk Mirror | Tessaly Herald | sold again | 2025-06-01T00:09:00Z | in force
? said actor=marek
= 0449e5ff.s0 | 2025-04-02 | Lena Marek | There is no deal on grain | said | Morrow Courier | direct | named | she
? failures
