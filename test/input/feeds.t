# What is read of a feed. "==" begins a case, "@" is a header that came with it (or its address, as Uri), then the feed as it
# stands (\xNN is a byte); "=" asks for a value of the tree, ">" for a field of entry N's document. "-" is: not there.
== RSS, the usual
<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Post</title><link>https://post.example/</link><description>News of &lt;b&gt;Velm&lt;/b&gt;</description>
<language>en-GB</language>
<item><title>Ports &amp; ferries</title><link>https://post.example/1</link><guid>tag:1</guid><dc:creator>Ana Ruiz</dc:creator>
<pubDate>Tue, 18 Mar 2031 09:30:00 +0200</pubDate><description>Short.</description>
<content:encoded><![CDATA[<figure><img src="a.jpg"><figcaption>The port</figcaption></figure><p>Ferries sail on <i>Mon</i>day.</p><p>Why?</p>]]></content:encoded>
</item></channel></rss>
= version | rss20
= bozo | false
= feed.title | Harbour Post
= feed.subtitle | News of <b>Velm</b>
= feed.description | News of <b>Velm</b>
= feed.language | en-GB
= entries.0.title | Ports & ferries
= entries.0.title_detail.type | text/plain
= entries.0.author_detail.name | Ana Ruiz
= entries.0.published_parsed | [2031, 3, 18, 7, 30, 0, 1, 77, 0]
= entries.0.summary | Short.
= entries.0.content.0.type | text/html
= entries.0.link | https://post.example/1
> 0 text | The port\n\nFerries sail on Monday.\n\nWhy?
> 0 title | Ports & ferries
> 0 author | Ana Ruiz
> 0 publisher | Harbour Post
> 0 published | 2031-03-18T09:30:00+02:00 stated
> 0 uri | https://post.example/1
> 0 lang | en-GB
> 0 truncated | false
> 0 boilerplate | caption The port
== Atom 1.0: XHTML, relative links, the language of the feed
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://example.org/a/" xml:lang="de">
<title type="text">1 &lt; 2</title><link rel="self" href="feed"/><link href="/"/>
<entry><id>urn:x:1</id><title type="html">Tea &amp;amp; talks</title><link href="../b/1"/><updated>2031-03-18T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">See <a href="map">the map</a>.</div></content></entry></feed>
= version | atom10
= feed.title | 1 < 2
= feed.link | http://example.org/
= feed.links.0.type | application/atom+xml
= feed.language | de
= entries.0.id | urn:x:1
= entries.0.link | http://example.org/b/1
= entries.0.title | Tea &amp; talks
= entries.0.content.0.value | See <a href="http://example.org/a/map">the map</a>.
= entries.0.content.0.language | de
= entries.0.content.0.base | http://example.org/a/
> 0 title | Tea & talks
> 0 text | See the map.
> 0 published | 2031-03-18T10:00:00Z inferred
> 0 lang | de
== Atom 0.3: escaped and base64
<feed version="0.3" xmlns="http://purl.org/atom/ns#"><tagline>Daily</tagline><entry>
<title type="text/html" mode="escaped">&lt;b&gt;Now&lt;/b&gt;</title><modified>2031-03-18T10:00:00+01:00</modified>
<content type="text/html" mode="base64">PHA+VGhlIHBvcnQgb3BlbnMuPC9wPg==</content></entry></feed>
= version | atom03
= feed.subtitle | Daily
= entries.0.title | <b>Now</b>
= entries.0.content.0.value | <p>The port opens.</p>
= entries.0.updated_parsed | [2031, 3, 18, 9, 0, 0, 1, 77, 0]
== RDF
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://x.example/"><title>X</title></channel>
<item rdf:about="http://x.example/1"><title>One</title><link>http://x.example/1</link><dc:date>2031-03-18</dc:date></item></rdf:RDF>
= version | rss10
= entries.0.id | http://x.example/1
= entries.0.updated | 2031-03-18
> 0 text | One
> 0 truncated | true
> 0 published | 2031-03-18 stated
== CDF, names in capitals
<CHANNEL HREF="http://x.example/" BASE="http://x.example/"><TITLE>Old</TITLE><ITEM HREF="a.html" LASTMOD="2031-03-18T09:30Z"><ABSTRACT>Text</ABSTRACT></ITEM></CHANNEL>
= version | cdf
= feed.link | http://x.example/
= entries.0.link | http://x.example/a.html
= entries.0.description | Text
== JSON Feed
{"version": "https://jsonfeed.org/version/1.1", "title": "Velm Daily", "home_page_url": "https://v.example/", "language": "en",
"items": [{"id": 7, "url": "https://v.example/7", "title": "Talks", "authors": [{"name": "Bo Lind"}], "tags": ["talks"],
"content_html": "<p onclick='x()'>They met.</p>", "date_published": "2031-03-18T09:30:00Z"}]}
= version | json11
= feed.title | Velm Daily
= entries.0.id | 7
= entries.0.content.0.value | <p>They met.</p>
= entries.0.tags.0.term | talks
> 0 text | They met.
> 0 author | Bo Lind
> 0 published | 2031-03-18T09:30:00Z stated
== ill-formed: entities nobody declared, a bare ampersand, a tag left open
<rss version="2.0"><channel><title>Caf&eacute; & quay &nope; 1 < 2</title><item><title>One</title><description>Line<br>two <p>three</description></item>
<item><title>Two</item></channel></rss>
= bozo | true
= feed.title | Café & quay &nope; 1 < 2
= entries.0.title | One
= entries.0.summary | Line<br />two <p>three</p>
= entries.1.title | Two
== ill-formed: junk before the declaration, stray end tags, cut off in the middle
Warning: mysql  <?xml version="1.0"?><rss><channel></b></i><title>T</title><item><title>One</title></item><item><title>Two is cu
= bozo | true
= feed.title | T
= entries.0.title | One
= entries.1.title | Two is cu
== a DOCTYPE's entities: plain ones are put in, others stand as they are; nothing is fetched
<!DOCTYPE rss [<!ENTITY firm "Velm Press"><!ENTITY a "aaaa&firm;"><!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY b "<b>x</b>">]>
<rss><channel><title>&firm; &a; &f; &b; &eacute;</title><link>http://x.example/?&amp;a</link></channel></rss>
= feed.title | Velm Press &a; &f; &b; é
== entities within entities do not grow
<!DOCTYPE rss [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;&l;&l;&l;&l;"><!ENTITY n "&m;&m;&m;&m;&m;&m;&m;&m;"><!ENTITY o "&n;&n;&n;&n;&n;&n;">]>
<rss><channel><title>&o;&l;</title></channel></rss>
= feed.title | &o;lol
== the header's charset ranks before the declaration's
@ Content-Type: text/xml; charset=iso-8859-1
<?xml version="1.0" encoding="utf-8"?><rss><channel><title>caf\xE9</title></channel></rss>
= encoding | iso-8859-1
= bozo | false
= feed.title | café
== text/xml without a charset is ASCII (RFC 3023); if the bytes say otherwise, the feed is wrong and read all the same
@ Content-Type: text/xml
<?xml version="1.0"?><rss><channel><title>caf\xC3\xA9</title></channel></rss>
= encoding | utf-8
= bozo | true
= feed.title | café
== a declaration that lies
<?xml version="1.0" encoding="utf-8"?><rss><channel><title>caf\xE9 \x93now\x94</title></channel></rss>
= encoding | windows-1252
= bozo | true
= feed.title | café “now”
== one bad byte does not make it another charset
<?xml version="1.0" encoding="utf-8"?><rss><channel><title>caf\xC3\xA9 \xC3\xA9t\xC3\xA9 \xE9</title></channel></rss>
= encoding | utf-8
= bozo | true
= feed.title | café été �
== UTF-16 with its mark
\xFE\xFF\x00<\x00r\x00s\x00s\x00>\x00<\x00c\x00h\x00a\x00n\x00n\x00e\x00l\x00>\x00<\x00t\x00i\x00t\x00l\x00e\x00>\x01\x01\x00<\x00/\x00t\x00i\x00t\x00l\x00e\x00>\x00<\x00/\x00c\x00h\x00a\x00n\x00n\x00e\x00l\x00>\x00<\x00/\x00r\x00s\x00s\x00>
= encoding | utf-16be
= feed.title | ā
== GB2312 is read as its superset
<?xml version="1.0" encoding="gb2312"?><rss><channel><title>\xB8\xDB</title></channel></rss>
= encoding | gb18030
= feed.title | 港
== Windows' numbers for quotes, UTF-8 encoded twice
<rss><channel><title>it&#146;s</title><item><title>caf\xC3\x83\xC2\xA9</title></item></channel></rss>
= feed.title | it’s
= entries.0.title | café
== a plain title that a browser would run becomes HTML without it; one that only speaks of a tag stays
<rss><channel><title>&lt;script&gt;x()&lt;/script&gt;News</title><item><title>How the &lt;blink&gt; tag died</title></item></channel></rss>
= feed.title | News
= entries.0.title | How the <blink> tag died
== addresses that a browser would run
<rss><channel><link>javascript:x()</link><item><link>  java&#10;script:x()</link><guid>javascript:y()</guid><title>T</title></item></channel></rss>
= feed.link | -
= entries.0.link | -
= entries.0.id | 
== the picture's title and link are not the feed's
<rss version="2.0"><channel><image><title>Logo</title><link>http://img.example/</link><url>http://img.example/l.png</url><width>80</width></image><title>Feed</title><link>http://f.example/</link></channel></rss>
= feed.title | Feed
= feed.link | http://f.example/
= feed.image.title | Logo
= feed.image.href | http://img.example/l.png
= feed.image.width | 80
== persons
<rss version="2.0"><channel><managingEditor>ana@post.example (Ana Ruiz)</managingEditor><item><author>Bo Lind &lt;bo@post.example&gt;</author></item><item><title>t</title><author>Desk</author></item></channel></rss>
= feed.author_detail.name | Ana Ruiz
= feed.author_detail.email | ana@post.example
= entries.0.author_detail.name | Bo Lind
= entries.0.author_detail.email | bo@post.example
= entries.1.author | Desk
= entries.1.author_detail.email | -
> 1 author | Desk
== two authors, and the address of the feed as base
@ Uri: https://v.example/feeds/all.xml
<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>t</title><author><name>Ana Ruiz</name></author><author><name>Bo Lind</name><email>b@v.example</email></author><link href="../7"/></entry></feed>
= entries.0.authors.0.name | Ana Ruiz
= entries.0.authors.1.email | b@v.example
= entries.0.link | https://v.example/7
> 0 author | Ana Ruiz, Bo Lind
== enclosures, tags, the guid as link
<rss version="2.0"><channel><item><guid>http://g.example/1</guid><enclosure url="http://g.example/a.mp3" type="audio/mpeg" length="9"/><category domain="d">Ports</category><category>Sea</category><category>Sea</category></item>
<item><guid isPermaLink="false">http://g.example/2</guid></item></channel></rss>
= entries.0.link | http://g.example/1
= entries.0.guidislink | true
= entries.0.enclosures.0.href | http://g.example/a.mp3
= entries.0.tags.1.term | Sea
= entries.0.tags.2 | -
= entries.0.category | Ports
= entries.1.link | -
== unknown elements are shown under their own names
<rss xmlns:m="http://m.example/ns"><channel><m:Port depth="9"/><item><m:Tide>high</m:Tide><m:box><title>Within</title></m:box></item></channel></rss>
= feed.m_port.depth | 9
= entries.0.m_tide | high
= entries.0.title | Within
== a teaser is marked, whatever it calls itself
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<item><title>A</title><description>Envoys met again on Tuesday.</description></item>
<item><title>B</title><content:encoded>&lt;p&gt;Envoys met again on Tuesday.&lt;/p&gt;</content:encoded></item>
<item><title>C</title><content:encoded>&lt;p&gt;Envoys met again on [&amp;#8230;]&lt;/p&gt;</content:encoded></item>
<item><title>D</title><content:encoded>&lt;p&gt;Envoys met.&lt;/p&gt;&lt;p&gt;Continue reading D&lt;/p&gt;</content:encoded></item>
<item><title>E</title><content:encoded>&lt;p&gt;Envoys met.&lt;/p&gt;&lt;p&gt;The post E appeared first on Velm Daily.&lt;/p&gt;</content:encoded></item></channel></rss>
> 0 truncated | true
> 1 truncated | false
> 2 truncated | true
> 3 truncated | true
> 3 boilerplate | navigation Continue reading D
> 4 truncated | false
> 4 boilerplate | origin The post E appeared first on Velm Daily.
== dates as they come
<rss><channel>
<item><pubDate>Thu, 01 Jan 04 19:48:21 EST</pubDate></item><item><pubDate>Thu Jan  1 19:48:21 2004</pubDate></item>
<item><pubDate>2004-01-01T19:48:21.25+0100</pubDate></item><item><pubDate>1 January 2004</pubDate></item>
<item><pubDate>20040101</pubDate></item><item><pubDate>2004-001</pubDate></item><item><pubDate>Jan 1, 2004 7:48 GMT</pubDate></item>
<item><pubDate>03/04/2004</pubDate></item><item><pubDate>31 Feb 2004</pubDate></item><item><pubDate>soon</pubDate></item><item><pubDate>2004-01</pubDate></item></channel></rss>
= entries.0.published_parsed | [2004, 1, 2, 0, 48, 21, 4, 2, 0]
= entries.1.published_parsed | [2004, 1, 1, 19, 48, 21, 3, 1, 0]
= entries.2.published_parsed | [2004, 1, 1, 18, 48, 21, 3, 1, 0]
= entries.3.published_parsed | [2004, 1, 1, 0, 0, 0, 3, 1, 0]
= entries.4.published_parsed | [2004, 1, 1, 0, 0, 0, 3, 1, 0]
= entries.5.published_parsed | [2004, 1, 1, 0, 0, 0, 3, 1, 0]
= entries.6.published_parsed | [2004, 1, 1, 7, 48, 0, 3, 1, 0]
= entries.7.published_parsed | null
= entries.8.published_parsed | null
= entries.9.published_parsed | null
= entries.10.published_parsed | [2004, 1, 1, 0, 0, 0, 3, 1, 0]
== not a feed
<html><head><title>A page about <rss></title></head></html>
= failed | its outermost element is <html>, which is no feed's; expected is <rss>, <rdf:RDF>, <feed> or <channel>
= bozo | true
== an empty file
= failed | is empty; nothing to read
= bozo | true
== EBCDIC is told by its "<?xm"
\x4C\x6F\xA7\x94\x93\x40\xA5\x85\x99\xA2\x89\x96\x95\x7E\x7F\xF1\x4B\xF0\x7F\x6F\x6E\x4C\x99\xA2\xA2\x6E\x4C\x83\x88\x81\x95\x95\x85\x93\x6E\x4C\xA3\x89\xA3\x93\x85\x6E\xE5\x85\x93\x94\x4C\x61\xA3\x89\xA3\x93\x85\x6E\x4C\x61\x83\x88\x81\x95\x95\x85\x93\x6E\x4C\x61\x99\xA2\xA2\x6E
= encoding | cp037
= feed.title | Velm
== Shift JIS with what Windows added
<?xml version="1.0" encoding="Shift_JIS"?><rss><channel><title>\x87\x40\x8D\x60</title></channel></rss>
= encoding | shift_jis
= feed.title | ①港
