"""HTML of mails: what a reader sees of it, and what mail programs mark as history."""

from __future__ import annotations

import pytest

from mailrescue.reading import hypertext, text


@pytest.mark.parametrize(("html", "expected"), [
    pytest.param("<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\nThree", id="paragraphs and breaks"),
    pytest.param("<div>One</div><div>Two</div>", "One\nTwo", id="divisions"),
    pytest.param("<table><tr><td>When</td><td>Friday</td></tr><tr><td>Who</td><td>Orla</td></tr></table>", "When Friday\nWho Orla", id="a table by rows"),
    pytest.param("<ul><li>one</li><li>two</li></ul>", "- one\n- two", id="a list"),
    pytest.param("a   b\n c&nbsp;d &eacute; &#233; &amp;", "a b c\u00a0d é é &", id="spaces and entities"),
    pytest.param("<pre>a\n  b</pre>", "a\n  b", id="preformatted"),
    pytest.param("x<style>p{}</style><script>y</script><!-- z --><title>t</title>", "x", id="what nobody sees"),
    pytest.param('<div style="display: none">preheader <div>deep</div> more</div>seen', "seen", id="hidden"),
    pytest.param("1 < 2 and 3 > 2", "1 < 2 and 3 > 2", id="signs that are no tags"),
    pytest.param('<a title="a > b" href="x">link</a> after', "link after", id="a sign within quotes"),
    pytest.param("dial in at <https://hill.example/x> or <orla@hill.example><br/>bye", "dial in at <https://hill.example/x> or <orla@hill.example>\nbye", id="addresses in angle brackets"),
    pytest.param("<o:p></o:p><span>W</span>ord", "Word", id="Word's own elements"),
    pytest.param("<p>never closed", "never closed", id="never closed"),
])
def test_words(html, expected):
    """Lines as they are shown."""
    assert hypertext.read(html).text == expected


@pytest.mark.parametrize("html", [
    pytest.param('New<br><div class="gmail_quote"><div class="gmail_attr">On Mon, 18 Jan 2027 at 16:12, Sam &lt;<a href="mailto:s@a.example">s@a.example</a>&gt; wrote:<br></div>'
                 '<blockquote class="gmail_quote">Old</blockquote></div>', id="Gmail"),
    pytest.param('<div>New</div><div><br><blockquote type="cite"><div>On 18 Jan 2027, at 16:12, Sam &lt;s@a.example&gt; wrote:</div><br><div>Old</div></blockquote></div>', id="Apple"),
    pytest.param('<p class="MsoNormal">New</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Sam &lt;s@a.example&gt;<br><b>Sent:</b> Monday, 18 January 2027 16:12<br>'
                 "<b>To:</b> Orla<br><b>Subject:</b> Tuesday</p></div><p>Old</p>", id="Outlook"),
    pytest.param('<div>New</div><hr tabindex="-1"><div id="divRplyFwdMsg"><b>De :</b> Sam &lt;s@a.example&gt;<br><b>Envoyé :</b> lundi 18 janvier 2027<br><b>À :</b> Orla<br>'
                 "<b>Objet :</b> Mardi</div><div>Old</div>", id="Outlook on the web"),
    pytest.param('<div>New</div><div class="yahoo_quoted">On Monday, 18 January 2027 at 16:12:00 CET, Sam &lt;s@a.example&gt; wrote:<br><div>Old</div></div>', id="Yahoo"),
    pytest.param("New<br>Am 18.01.2027 um 16:12 schrieb Sam:<br><blockquote>Old</blockquote>", id="a plain blockquote below an attribution"),
])
def test_history_in_html(html):
    """The same split as for plain text."""
    split = text.split(hypertext.read(html).text)
    assert split.new == "New"
    assert "Old" in split.quoted


def test_a_blockquote_that_only_indents():
    """Without type, class or attribution it is the writer's own text."""
    assert hypertext.read("<p>My number</p><blockquote>01632 960741</blockquote>").text == "My number\n\n01632 960741"


def test_telephone_links():
    """The words before the number, the link's own words, and the number as the link gives it."""
    html = '<p>Please call Orla on <a href="tel:+44%201632%20960741">this number</a> or <a href="https://hill.example">book</a>.</p>'
    assert hypertext.telephones(html) == (("Please call Orla on this number", "+44 1632 960741"),)
