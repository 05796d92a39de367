# HTML of strangers, and what is left of it: in, then out under it. "@" gives the base for what follows.
<p onclick="x()">See <a href="java&#10;script:x()">here</a> &amp; <b>there<script>x()</script>
<p>See <a>here</a> &amp; <b>there</b></p>

safe<script>location='x'</script> text<style>b {}</style>
safe text

<iframe src="http://x.example/">within</iframe> <object data="x"><embed src="y">o</object><form action="/x"><input value="v">f</form>
within of

<base href="http://evil.example/"><meta http-equiv="refresh" content="0;url=x"><link rel="stylesheet" href="x">ok
ok

<div style="width: expression(x())" class="c">d</div>
<div class="c">d</div>

<img src="data:text/html;base64,PHNjcmlwdD4=" alt="a"><img src=x onerror=x()>
<img alt="a" /><img src="x" />

<a href=" &#x6A;avascript&colon;x()">a</a><a href="&#106;&#97;vascript:x()">b</a><a href="JaVaScRiPt:x()">c</a>
<a>a</a><a>b</a><a>c</a>

<a href="vbscript:x">a</a><a href="/ok?a=1&amp;b=2">b</a><a href="mailto:ana@post.example">c</a>
<a>a</a><a href="/ok?a=1&amp;b=2">b</a><a href="mailto:ana@post.example">c</a>

it&#8217;s &#X2019; &#146; &eacute; &nope; & 1 < 2 <3
it&#8217;s &#x2019; &#x2019; &eacute; &amp;nope; &amp; 1 &lt; 2 &lt;3

<!-- hidden <script> -->shown<!-- unclosed
shown

&lt;script&gt;alert(1)&lt;/script&gt; and the &lt;blink&gt; tag
‹script&gt;alert(1)‹/script&gt; and the &lt;blink&gt; tag

&lt;b onclick=x&gt; &#60;iframe src=x>
‹b onclick=x&gt; ‹iframe src=x>

<svg><script>x()</script><a xlink:href="javascript:x()">t</a></svg>after<math><mi>x</mi></math>
after

<ul><li>One<li>Two</ul><table><tr><td>c<tr><td>d</table>
<ul><li>One</li><li>Two</li></ul><table><tr><td>c</td></tr><tr><td>d</td></tr></table>

<scr<script>ipt>x()</script>y
ipt>x()y

<b title='"><script>x()</script>'>q</b><b title="a' onclick='x()">r</b><b title="it's one">t</b><b title="a<b>c">u</b>
<b>q</b><b>r</b><b title="it's one">t</b><b title="a&lt;b>c">u</b>

<a href="a b	c&#10;d?online=1&amp;one=2">x</a> <b title="x>y" class='z'>for x&lt;y it's onset = 3</b>
<a href="a%20bcd?online=1&amp;one=2">x</a> <b class="z" title="x>y">for x&lt;y it's onset = 3</b>

@ http://example.org/a/b
<a href="c">x</a><a href="//h.example/">y</a><a href="?q">z</a><a href="#f">f</a><img src="../i.png">
<a href="http://example.org/a/c">x</a><a href="http://h.example/">y</a><a href="http://example.org/a/b?q">z</a><a href="http://example.org/a/b#f">f</a><img src="http://example.org/i.png" />
