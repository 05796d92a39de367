# Pages and what is read in them. A case: "==== name", the page, then what must hold:
#   > title: … > author: … > publisher: … > published: … > lang: … > uri: …   (empty: not stated)
#   > has: words of the body     > lacks: words that are not of the body     > marked: reason | words
# Places, people and papers are invented.

==== an article with its furniture
<!doctype html><html lang="en"><head><title>Port of Velm reopens on Friday | Harbour Courier</title>
<meta property="og:site_name" content="Harbour Courier"><meta property="og:title" content="Port of Velm reopens on Friday">
<link rel="canonical" href="https://courier.example/2025/03/18/velm-port">
<meta property="article:published_time" content="2025-03-18T09:30:00+02:00"><meta property="article:modified_time" content="2025-03-20T11:00:00Z">
</head><body><nav><ul><li><a href="/">Home</a><li><a href="/world">World</a><li><a href="/trade">Trade</a></ul></nav>
<main><article class="article"><h1>Port of Velm reopens on Friday</h1><p class="byline">By Ana Ruiz and Tom Berg, Staff Writers</p>
<div class="article-body"><p>The port of Velm will reopen on Friday after a strike of nine days, Minister Ito told reporters in the capital on Tuesday morning.</p>
<figure><img src="a.jpg"><figcaption>Ships wait outside the harbour. Photo: L. Moor</figcaption></figure>
<p>Ships have waited outside since the first week, and the union said that it would decide on Thursday whether to accept the offer of the harbour board.</p>
<p>"We have heard the numbers, and they are better than those of last week," said Oren Vale, who speaks for the crane drivers.</p>
<h2>What comes next</h2>
<p>The board wants to load grain first, because two of the silos are nearly full, and then the fruit that has been kept cold at great cost.</p>
<p>A second round of talks was called for Wednesday evening, and both sides said they would come.</p></div></article></main>
<aside class="related"><h3>Related stories</h3><ul><li><a href="/1">Grain prices rise in three countries</a><li><a href="/2">Crane drivers of Orm march</a></ul></aside>
<section id="comments"><h3>Comments</h3><p>Nobody will believe this until the first ship is in, says my uncle who has worked there for thirty years.</p></section>
<footer><p>© 2025 Harbour Courier. All rights reserved.</p></footer></body></html>
> title: Port of Velm reopens on Friday
> author: Ana Ruiz, Tom Berg
> publisher: Harbour Courier
> published: 2025-03-18T09:30:00+02:00
> how: stated
> lang: en
> uri: https://courier.example/2025/03/18/velm-port
> has: The port of Velm will reopen on Friday after a strike
> has: What comes next
> has: both sides said they would come.
> lacks: Grain prices rise
> lacks: Nobody will believe
> lacks: All rights reserved
> lacks: Photo: L. Moor
> marked: caption | Ships wait outside the harbour

==== words at inline borders are never glued, line breaks part paragraphs
<html><body><h1>Notice</h1><div>The <b>Gulf</b> of<i> Orm</i> is closed to tankers from the first of May, the coast guard of both countries said in a note.<br><br>Fishing boats may pass<br>by day, with lights, and must answer every call of the guard on the common channel.</div></body></html>
> has: The Gulf of Orm is closed
> has: Fishing boats may pass

==== the date of change is not the date of publication
<html><head><title>Talks</title><meta property="article:modified_time" content="2025-05-02T10:00:00Z"></head><body><h1>Talks go on in Sarn</h1>
<p>Delegates of the two sides met again in Sarn on Monday and spoke for six hours about the prisoners of the winter, a spokeswoman said.</p>
<p>They will meet once more this month, she said, if the lists can be compared by then, and a common text is being written.</p></body></html>
> published:

==== a visible date near the title counts
<html><head><title>Talks go on in Sarn</title></head><body><h1>Talks go on in Sarn</h1><p class="date">Tuesday, March 18th, 2025</p>
<p>Delegates of the two sides met again in Sarn on Monday and spoke for six hours about the prisoners of the winter, a spokeswoman said.</p>
<p>They will meet once more this month, she said, if the lists can be compared by then, and a common text is being written.</p></body></html>
> published: 2025-03-18
> how: stated

==== day and month that could be exchanged are not stated
<html lang="en-GB"><head><title>Talks go on in Sarn</title></head><body><h1>Talks go on in Sarn</h1><p class="date">03/04/2025</p>
<p>Delegates of the two sides met again in Sarn on Monday and spoke for six hours about the prisoners of the winter, a spokeswoman said.</p>
<p>They will meet once more this month, she said, if the lists can be compared by then, and a common text is being written.</p></body></html>
> published: 2025-04-03
> how: inferred

==== the day in the address, when the clock of the timestamp is a zone away
<html><head><title>Night vote in Orm</title><link rel="canonical" href="https://paper.example/2025/03/18/vote/"><meta property="article:published_time" content="2025-03-19T04:10:00Z"></head><body><h1>Night vote in Orm</h1>
<p>The assembly of Orm voted late in the evening to send the treaty back to its committee, by nine votes, after a debate of seven hours.</p></body></html>
> published: 2025-03-18

==== JSON-LD with a broken line, escaped names, authors in a list
<html><head><title>Velm and Orm sign</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Velm &amp; Orm sign
 a pact","datePublished":"2025-03-18","author":[{"@type":"Person","name":"Ana Ruiz"},{"@type":"Person","name":"Oren Vale"}],"publisher":{"@type":"Organization","name":"The Lamp"}}</script></head>
<body><h1>Velm &amp; Orm sign a pact</h1><p>Velm and Orm signed a pact on Monday that opens four crossings to lorries and lets families meet on the island twice a year.</p></body></html>
> title: Velm & Orm sign a pact
> author: Ana Ruiz, Oren Vale
> publisher: The Lamp
> published: 2025-03-18

==== an address is no author
<html><head><title>Note</title><meta property="article:author" content="https://social.example/thelamp"></head><body><h1>Note</h1><p>The embassy of Orm will stay closed for the whole of next week, and letters can be left at the gate until noon every day.</p></body></html>
> author:

==== nothing but script: the description is all that is said
<html><head><title>App</title><meta name="description" content="Velm asks Orm for talks."></head><body><script>render("<p>x</p>")</script><div id="root"></div></body></html>
> has: Velm asks Orm for talks.
> note: description

==== a table's row is a line
<html><body><h1>Votes in the assembly of Orm</h1><p>The assembly voted on the treaty on Monday evening, and the table below shows how the parties of the north and the south decided.</p>
<table><tr><th>Party</th><th>For</th><th>Against</th></tr><tr><td>Northern League</td><td>41</td><td>3</td></tr><tr><td>Harbour List</td><td>12</td><td>20</td></tr></table>
<p>The treaty will be read a second time in the autumn, the speaker of the assembly said, and amendments may be brought in until then.</p></body></html>
> line: Northern League 41 3
