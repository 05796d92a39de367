/* Hints: what the authors of sites call their boxes, and the words that stand in furniture.
**
**  in:  class="c-article__body js-share"             out: BODY, CONTENT, SHARE
**  in:  "Sign up for our morning letter"             out: APPEAL
**
** Names are cut into words at every border (also camelBorders) and looked up; a few names are only telling as a
** whole ("articlebody"). The words of furniture are phrases at borders of words, without case, in the languages of the
** pages that were at hand. A hint decides nothing: the forest weighs it (features.c).
**
** Always: the same text gives the same bits. Cost: linear; the rows of one first letter are tried at each word.
*/
#include "input/article.h"
#include <pthread.h>
#include <string.h>

typedef struct { const char *text; uint8_t group; char how; } Hint;   /* how: '=' the word, '^' its beginning, '*' anywhere in the joined name */

static const Hint names[] = {
#define G(g) CLASS_##g
    {"articlebody", G(BODY), '*'}, {"entrycontent", G(BODY), '*'}, {"postcontent", G(BODY), '*'}, {"storybody", G(BODY), '*'},
    {"articlecontent", G(BODY), '*'}, {"articletext", G(BODY), '*'}, {"contentbody", G(BODY), '*'}, {"bodycopy", G(BODY), '*'},
    {"articlecopy", G(BODY), '*'}, {"posttext", G(BODY), '*'}, {"bodytext", G(BODY), '*'}, {"newsbody", G(BODY), '*'},
    {"postbody", G(BODY), '*'}, {"storycontent", G(BODY), '*'}, {"storytext", G(BODY), '*'}, {"entrybody", G(BODY), '*'},
    {"richtext", G(BODY), '*'}, {"contenttext", G(BODY), '*'}, {"articlemain", G(BODY), '*'}, {"textbody", G(BODY), '*'},
    {"textcontent", G(BODY), '*'}, {"newstext", G(BODY), '*'}, {"articledetail", G(BODY), '*'}, {"mwparseroutput", G(BODY), '*'},
    {"wysiwyg", G(BODY), '^'}, {"prose", G(BODY), '='}, {"hentry", G(CONTENT), '='},
    {"content", G(CONTENT), '^'}, {"article", G(CONTENT), '^'}, {"body", G(CONTENT), '='}, {"entry", G(CONTENT), '='},
    {"post", G(CONTENT), '='}, {"story", G(CONTENT), '='}, {"text", G(CONTENT), '='}, {"main", G(CONTENT), '='},
    {"paragraph", G(CONTENT), '^'}, {"single", G(CONTENT), '='}, {"page", G(CONTENT), '='}, {"news", G(CONTENT), '='},
    {"inhalt", G(CONTENT), '='}, {"artikel", G(CONTENT), '='}, {"texto", G(CONTENT), '='}, {"articulo", G(CONTENT), '='},
    {"noticia", G(CONTENT), '='}, {"materia", G(CONTENT), '='}, {"contenu", G(CONTENT), '='}, {"corpo", G(CONTENT), '='},
    {"comment", G(COMMENT), '^'}, {"disqus", G(COMMENT), '^'}, {"reply", G(COMMENT), '='}, {"replies", G(COMMENT), '='},
    {"respond", G(COMMENT), '='}, {"discussion", G(COMMENT), '='}, {"coral", G(COMMENT), '='}, {"kommentar", G(COMMENT), '^'},
    {"livefyre", G(COMMENT), '='}, {"commenter", G(COMMENT), '='}, {"commentlist", G(COMMENT), '*'}, {"comentario", G(COMMENT), '^'},
    {"sidebar", G(SIDE), '*'}, {"rail", G(SIDE), '='}, {"aside", G(SIDE), '='}, {"side", G(SIDE), '='}, {"rightcol", G(SIDE), '*'},
    {"rightcolumn", G(SIDE), '*'}, {"leftcolumn", G(SIDE), '*'}, {"secondary", G(SIDE), '='}, {"supplemental", G(SIDE), '='},
    {"related", G(RELATED), '*'}, {"recommend", G(RELATED), '^'}, {"popular", G(RELATED), '='}, {"more", G(RELATED), '='},
    {"trending", G(RELATED), '='}, {"trend", G(RELATED), '='}, {"also", G(RELATED), '='}, {"outbrain", G(RELATED), '='},
    {"taboola", G(RELATED), '='}, {"readmore", G(RELATED), '*'}, {"mostread", G(RELATED), '*'}, {"readnext", G(RELATED), '*'},
    {"upnext", G(RELATED), '*'}, {"next", G(RELATED), '='}, {"yarpp", G(RELATED), '='}, {"relacionad", G(RELATED), '^'},
    {"morefrom", G(RELATED), '*'}, {"interlink", G(RELATED), '^'}, {"suggest", G(RELATED), '^'}, {"latest", G(RELATED), '='},
    {"share", G(SHARE), '='}, {"sharing", G(SHARE), '='}, {"social", G(SHARE), '^'}, {"facebook", G(SHARE), '='}, {"fb", G(SHARE), '='},
    {"twitter", G(SHARE), '='}, {"addthis", G(SHARE), '='}, {"addtoany", G(SHARE), '='}, {"shares", G(SHARE), '='}, {"follow", G(SHARE), '='},
    {"sharedaddy", G(SHARE), '='}, {"whatsapp", G(SHARE), '='}, {"sociable", G(SHARE), '='}, {"tools", G(SHARE), '='}, {"print", G(SHARE), '='},
    {"ad", G(AD), '='}, {"ads", G(AD), '='}, {"advert", G(AD), '^'}, {"sponsor", G(AD), '^'}, {"promo", G(AD), '^'}, {"banner", G(AD), '='},
    {"dfp", G(AD), '='}, {"commercial", G(AD), '='}, {"affiliate", G(AD), '='}, {"adsbygoogle", G(AD), '='}, {"gpt", G(AD), '='},
    {"adunit", G(AD), '='}, {"adslot", G(AD), '='}, {"marketing", G(AD), '='}, {"buy", G(AD), '='}, {"product", G(AD), '='}, {"deal", G(AD), '='},
    {"nav", G(NAV), '^'}, {"menu", G(NAV), '*'}, {"breadcrumb", G(NAV), '^'}, {"crumb", G(NAV), '^'}, {"pagination", G(NAV), '='},
    {"pager", G(NAV), '='}, {"toolbar", G(NAV), '='}, {"toc", G(NAV), '='}, {"topbar", G(NAV), '='}, {"prev", G(NAV), '='}, {"tabs", G(NAV), '='},
    {"footer", G(FOOTER), '*'}, {"foot", G(FOOTER), '='}, {"copyright", G(FOOTER), '='}, {"legal", G(FOOTER), '='}, {"bottom", G(FOOTER), '='},
    {"colophon", G(FOOTER), '='}, {"postfooter", G(FOOTER), '*'},
    {"header", G(HEADER), '='}, {"masthead", G(HEADER), '='}, {"hero", G(HEADER), '='}, {"top", G(HEADER), '='}, {"head", G(HEADER), '='},
    {"widget", G(WIDGET), '^'}, {"module", G(WIDGET), '='}, {"component", G(WIDGET), '='}, {"box", G(WIDGET), '='}, {"panel", G(WIDGET), '='},
    {"inset", G(WIDGET), '='}, {"infobox", G(WIDGET), '^'}, {"factbox", G(WIDGET), '^'}, {"sidenote", G(WIDGET), '='},
    {"newsletter", G(APPEAL), '*'}, {"subscri", G(APPEAL), '^'}, {"signup", G(APPEAL), '*'}, {"paywall", G(APPEAL), '*'}, {"donat", G(APPEAL), '^'},
    {"membership", G(APPEAL), '='}, {"cta", G(APPEAL), '='}, {"contribut", G(APPEAL), '^'}, {"optin", G(APPEAL), '*'}, {"register", G(APPEAL), '='},
    {"mailchimp", G(APPEAL), '='}, {"mc4wp", G(APPEAL), '='}, {"support", G(APPEAL), '='}, {"piano", G(APPEAL), '='},
    {"caption", G(PICTURE), '*'}, {"credit", G(PICTURE), '^'}, {"photo", G(PICTURE), '^'}, {"image", G(PICTURE), '^'}, {"figure", G(PICTURE), '='},
    {"gallery", G(PICTURE), '='}, {"media", G(PICTURE), '='}, {"slideshow", G(PICTURE), '='}, {"slide", G(PICTURE), '='}, {"carousel", G(PICTURE), '='},
    {"img", G(PICTURE), '='}, {"picture", G(PICTURE), '='}, {"lightbox", G(PICTURE), '='}, {"bildunterschrift", G(PICTURE), '='},
    {"byline", G(BYLINE), '*'}, {"author", G(BYLINE), '^'}, {"meta", G(BYLINE), '='}, {"bio", G(BYLINE), '='}, {"profile", G(BYLINE), '='},
    {"writer", G(BYLINE), '='}, {"contributor", G(BYLINE), '^'}, {"postmeta", G(BYLINE), '*'}, {"vcard", G(BYLINE), '='}, {"autor", G(BYLINE), '='},
    {"about", G(BYLINE), '='}, {"info", G(BYLINE), '='},
    {"tags", G(TAGS), '='}, {"tag", G(TAGS), '='}, {"topics", G(TAGS), '='}, {"topic", G(TAGS), '='}, {"keywords", G(TAGS), '='},
    {"category", G(TAGS), '='}, {"categories", G(TAGS), '='}, {"label", G(TAGS), '='}, {"kicker", G(TAGS), '='}, {"cat", G(TAGS), '='},
    {"taxonomy", G(TAGS), '='}, {"section", G(TAGS), '='},
    {"date", G(DATE), '^'}, {"time", G(DATE), '^'}, {"published", G(DATE), '='}, {"updated", G(DATE), '='}, {"posted", G(DATE), '='},
    {"pubdate", G(DATE), '='}, {"datum", G(DATE), '='}, {"fecha", G(DATE), '='},
    {"title", G(TITLE), '='}, {"headline", G(TITLE), '='}, {"heading", G(TITLE), '='}, {"hed", G(TITLE), '='}, {"titulo", G(TITLE), '='},
    {"lead", G(LEAD), '='}, {"intro", G(LEAD), '^'}, {"summary", G(LEAD), '='}, {"dek", G(LEAD), '='}, {"standfirst", G(LEAD), '='},
    {"excerpt", G(LEAD), '='}, {"subtitle", G(LEAD), '='}, {"description", G(LEAD), '='}, {"deck", G(LEAD), '='}, {"lede", G(LEAD), '='},
    {"subhead", G(LEAD), '^'}, {"teaser", G(LIST), '^'}, {"abstract", G(LEAD), '='}, {"preface", G(LEAD), '='}, {"bullets", G(LEAD), '='},
    {"highlights", G(LEAD), '='}, {"pullquote", G(QUOTE), '*'}, {"quote", G(QUOTE), '='}, {"blockquote", G(QUOTE), '='}, {"callout", G(QUOTE), '='},
    {"tweet", G(EMBED), '='}, {"list", G(LIST), '='}, {"item", G(LIST), '='}, {"grid", G(LIST), '='}, {"card", G(LIST), '^'}, {"feed", G(LIST), '='},
    {"stream", G(LIST), '='}, {"headlines", G(LIST), '='}, {"river", G(LIST), '='}, {"archive", G(LIST), '^'}, {"thumb", G(LIST), '^'}, {"tile", G(LIST), '='},
    {"stories", G(LIST), '='}, {"posts", G(LIST), '='}, {"articles", G(LIST), '='}, {"collection", G(LIST), '='},
    {"modal", G(POPUP), '='}, {"popup", G(POPUP), '^'}, {"overlay", G(POPUP), '='}, {"cookie", G(POPUP), '^'}, {"consent", G(POPUP), '='},
    {"gdpr", G(POPUP), '='}, {"tooltip", G(POPUP), '='}, {"hidden", G(POPUP), '='}, {"hide", G(POPUP), '='}, {"sr", G(POPUP), '='},
    {"screenreader", G(POPUP), '*'}, {"visuallyhidden", G(POPUP), '*'}, {"dropdown", G(POPUP), '='}, {"noprint", G(POPUP), '='}, {"alert", G(POPUP), '='},
    {"dialog", G(POPUP), '='}, {"offscreen", G(POPUP), '='}, {"toggle", G(POPUP), '='}, {"collapse", G(POPUP), '^'},
    {"embed", G(EMBED), '^'}, {"instagram", G(EMBED), '='}, {"video", G(EMBED), '^'}, {"player", G(EMBED), '='}, {"iframe", G(EMBED), '='}, {"audio", G(EMBED), '='},
    {"login", G(FORM), '='}, {"search", G(FORM), '='}, {"form", G(FORM), '='}, {"input", G(FORM), '='}, {"button", G(FORM), '='}, {"btn", G(FORM), '='},
    {"poll", G(FORM), '='}, {"quiz", G(FORM), '='}, {"rating", G(FORM), '='}, {"vote", G(FORM), '='}, {"account", G(FORM), '='},
    {"disclaimer", G(NOTE), '*'}, {"note", G(NOTE), '='}, {"notes", G(NOTE), '='}, {"footnote", G(NOTE), '^'}, {"disclosure", G(NOTE), '='},
    {"correction", G(NOTE), '^'}, {"reference", G(NOTE), '^'}, {"source", G(NOTE), '^'}, {"endnote", G(NOTE), '^'}, {"notice", G(NOTE), '='},
#undef G
};

static const Hint phrases[] = {
#define G(g) WORDS_##g
    {"image copyright", G(CAPTION), '1'}, {"image caption", G(CAPTION), '1'}, {"media caption", G(CAPTION), '^'}, {"media playback", G(CAPTION), '1'}, {"image:", G(CAPTION), '1'},
    {"photo by", G(CAPTION), '='}, {"photo:", G(CAPTION), '='}, {"photograph:", G(CAPTION), '1'}, {"picture:", G(CAPTION), '1'}, {"image credit", G(CAPTION), '^'}, {"credit:", G(CAPTION), '='},
    {"foto:", G(CAPTION), '='}, {"getty images", G(CAPTION), '='}, {"file photo", G(CAPTION), '='}, {"ap photo", G(CAPTION), '='}, {"photos by", G(CAPTION), '='}, {"courtesy of", G(CAPTION), '='}, {"image via", G(CAPTION), '='},
    {"read more", G(APART), '1'}, {"related", G(APART), '1'}, {"see also", G(APART), '1'}, {"also read", G(APART), '1'}, {"read also", G(APART), '1'}, {"more:", G(APART), '1'}, {"also:", G(APART), '1'}, {"read:", G(APART), '1'},
    {"watch:", G(APART), '1'}, {"video:", G(APART), '1'}, {"click here", G(APART), '1'}, {"subscribe", G(APART), '1'}, {"follow", G(APART), '1'}, {"sign up", G(APART), '1'}, {"advert", G(APART), '^'}, {"don't miss", G(APART), '1'},
    {"subscribe now", G(APART), '='}, {"please subscribe", G(APART), '='}, {"already a subscriber", G(APART), '='}, {"subscribers also", G(APART), '='}, {"news updates download", G(APART), '='}, {"not responsible for the opinions", G(APART), '='},
    {"via this form", G(APART), '='}, {"may earn a commission", G(APART), '='}, {"advertiser disclosure", G(APART), '='}, {"sign up for", G(APART), '='}, {"our newsletter", G(APART), '='}, {"become a member", G(APART), '='}, {"delivered to your inbox", G(APART), '='},
    {"requires javascript", G(APART), '='}, {"your email address", G(APART), '='}, {"references to products", G(APART), '='}, {"download the app", G(APART), '='}, {"support our journalism", G(APART), '='}, {"get our app", G(APART), '='}, {"privacy policy", G(APART), '='},
    {"see:", G(APART), '1'}, {"recommended", G(APART), '1'}, {"you may", G(APART), '1'}, {"você pode gostar", G(RELATED), '='}, {"veja também", G(RELATED), '='}, {"leia também", G(RELATED), '='}, {"das könnte", G(RELATED), '='}, {"vous aimerez", G(RELATED), '='}, {"похожие", G(RELATED), '='}, {"популярные", G(RELATED), '='}, {"también te puede", G(RELATED), '='}, {"more like this", G(RELATED), '='}, {"similar", G(RELATED), '1'}, {"other", G(RELATED), '1'}, {"anzeige", G(APART), '1'}, {"publicidade", G(APART), '1'}, {"реклама", G(APART), '1'}, {"источник:", G(SOURCE), '1'}, {"tags", G(APART), '1'}, {"filed under", G(APART), '1'}, {"share", G(APART), '1'}, {"lesen sie", G(APART), '1'}, {"leia", G(APART), '1'},
    {"read more", G(RELATED), '='}, {"related", G(RELATED), '='}, {"more from", G(RELATED), '='}, {"more on", G(RELATED), '='}, {"see also", G(RELATED), '='},
    {"also read", G(RELATED), '='}, {"read also", G(RELATED), '='}, {"recommended", G(RELATED), '='}, {"you may also", G(RELATED), '='},
    {"you might also", G(RELATED), '='}, {"most popular", G(RELATED), '='}, {"most read", G(RELATED), '='}, {"trending", G(RELATED), '='},
    {"up next", G(RELATED), '='}, {"don't miss", G(RELATED), '='}, {"watch", G(RELATED), '='}, {"read next", G(RELATED), '='}, {"more stories", G(RELATED), '='},
    {"click here", G(RELATED), '='}, {"latest", G(RELATED), '='}, {"continue reading", G(RELATED), '='}, {"read:", G(RELATED), '='}, {"lesen sie", G(RELATED), '='},
    {"mehr zum thema", G(RELATED), '='}, {"auch interessant", G(RELATED), '='}, {"leia", G(RELATED), '='}, {"veja", G(RELATED), '='}, {"saiba mais", G(RELATED), '='},
    {"lire aussi", G(RELATED), '='}, {"leggi anche", G(RELATED), '='}, {"lee también", G(RELATED), '='}, {"te puede interesar", G(RELATED), '='},
    {"читайте", G(RELATED), '='}, {"смотрите", G(RELATED), '='}, {"lees ook", G(RELATED), '='}, {"in this article", G(RELATED), '='},
    {"related articles", G(RELATED), '='}, {"must read", G(RELATED), '='}, {"next story", G(RELATED), '='}, {"our pick", G(RELATED), '^'},
    {"share", G(SHARE), '='}, {"tweet", G(SHARE), '='}, {"facebook", G(SHARE), '='}, {"twitter", G(SHARE), '='}, {"pinterest", G(SHARE), '='},
    {"whatsapp", G(SHARE), '='}, {"linkedin", G(SHARE), '='}, {"email this", G(SHARE), '='}, {"print this", G(SHARE), '='}, {"follow us", G(SHARE), '='},
    {"follow", G(SHARE), '='}, {"instagram", G(SHARE), '='}, {"teilen", G(SHARE), '='}, {"compartilh", G(SHARE), '^'}, {"compart", G(SHARE), '^'},
    {"partager", G(SHARE), '='}, {"condividi", G(SHARE), '='}, {"поделиться", G(SHARE), '='}, {"telegram", G(SHARE), '='}, {"youtube", G(SHARE), '='},
    {"subscribe", G(APPEAL), '^'}, {"subscription", G(APPEAL), '^'}, {"sign up", G(APPEAL), '='}, {"newsletter", G(APPEAL), '^'}, {"donate", G(APPEAL), '^'}, {"join us", G(APPEAL), '='},
    {"your inbox", G(APPEAL), '='}, {"email address", G(APPEAL), '='}, {"become a member", G(APPEAL), '='}, {"support us", G(APPEAL), '='},
    {"abonnieren", G(APPEAL), '='}, {"download our", G(APPEAL), '='}, {"our app", G(APPEAL), '='}, {"sign in", G(APPEAL), '='}, {"log in", G(APPEAL), '='},
    {"login", G(APPEAL), '='}, {"register", G(APPEAL), '='}, {"assine", G(APPEAL), '='}, {"подпис", G(APPEAL), '^'}, {"signing up", G(APPEAL), '='},
    {"thank you for", G(APPEAL), '='}, {"contact us", G(APPEAL), '='}, {"suscr", G(APPEAL), '^'}, {"iscriviti", G(APPEAL), '='}, {"opt out", G(APPEAL), '='},
    {"comment", G(COMMENT), '^'}, {"reply", G(COMMENT), '='}, {"leave a", G(COMMENT), '='}, {"responses", G(COMMENT), '='}, {"kommentar", G(COMMENT), '^'},
    {"comentário", G(COMMENT), '^'}, {"comentario", G(COMMENT), '^'}, {"commentaire", G(COMMENT), '^'}, {"комментар", G(COMMENT), '^'}, {"says:", G(COMMENT), '='},
    {"upvote", G(COMMENT), '^'}, {"permalink", G(COMMENT), '^'}, {"report abuse", G(COMMENT), '='}, {"required fields", G(COMMENT), '='},
    {"copyright", G(RIGHTS), '='}, {"©", G(RIGHTS), '^'}, {"all rights", G(RIGHTS), '='}, {"terms of", G(RIGHTS), '='}, {"privacy", G(RIGHTS), '='},
    {"cookie", G(RIGHTS), '^'}, {"may not be", G(RIGHTS), '='}, {"reproduced", G(RIGHTS), '='}, {"disclaimer", G(RIGHTS), '='}, {"trademark", G(RIGHTS), '^'},
    {"alle rechte", G(RIGHTS), '='}, {"todos os direitos", G(RIGHTS), '='}, {"impressum", G(RIGHTS), '='}, {"datenschutz", G(RIGHTS), '^'}, {"licens", G(RIGHTS), '^'},
    {"advertisement", G(AD), '^'}, {"advertis", G(AD), '^'}, {"sponsored", G(AD), '='}, {"promoted", G(AD), '='}, {"anzeige", G(AD), '='}, {"publicidad", G(AD), '^'},
    {"affiliate", G(AD), '='}, {"commission", G(AD), '='}, {"paid", G(AD), '='}, {"deals", G(AD), '='}, {"buy now", G(AD), '='}, {"реклама", G(AD), '='},
    {"photo", G(CREDIT), '^'}, {"image", G(CREDIT), '^'}, {"getty", G(CREDIT), '='}, {"reuters", G(CREDIT), '='}, {"credit", G(CREDIT), '^'}, {"courtesy", G(CREDIT), '='},
    {"pictured", G(CREDIT), '='}, {"shutterstock", G(CREDIT), '='}, {"foto", G(CREDIT), '^'}, {"bild", G(CREDIT), '='}, {"file photo", G(CREDIT), '='}, {"caption", G(CREDIT), '='},
    {"imagem", G(CREDIT), '='}, {"illustration", G(CREDIT), '='}, {"screenshot", G(CREDIT), '='}, {"afp", G(CREDIT), '='}, {"video", G(CREDIT), '='}, {"ap photo", G(CREDIT), '='},
    {"фото", G(CREDIT), '='}, {"by", G(BYLINE), '1'}, {"written by", G(BYLINE), '='}, {"posted by", G(BYLINE), '='}, {"author", G(BYLINE), '='}, {"reporter", G(BYLINE), '='},
    {"editor", G(BYLINE), '='}, {"correspondent", G(BYLINE), '='}, {"is a", G(BYLINE), '='}, {"von", G(BYLINE), '1'}, {"por", G(BYLINE), '1'}, {"автор", G(BYLINE), '='},
    {"posted", G(TIME), '1'}, {"published", G(TIME), '='}, {"updated", G(TIME), '='}, {"min read", G(TIME), '='}, {"minutes", G(TIME), '='}, {"ago", G(TIME), '='},
    {"last modified", G(TIME), '='}, {"publicado", G(TIME), '='}, {"veröffentlicht", G(TIME), '='}, {"uhr", G(TIME), '='}, {"a.m", G(TIME), '='}, {"p.m", G(TIME), '='},
    {"january", G(TIME), '='}, {"february", G(TIME), '='}, {"march", G(TIME), '='}, {"april", G(TIME), '='}, {"june", G(TIME), '='}, {"july", G(TIME), '='},
    {"august", G(TIME), '='}, {"september", G(TIME), '='}, {"october", G(TIME), '='}, {"november", G(TIME), '='}, {"december", G(TIME), '='}, {"nov", G(TIME), '='}, {"dec", G(TIME), '='},
    {"home", G(NAV), '='}, {"menu", G(NAV), '='}, {"skip to", G(NAV), '='}, {"search", G(NAV), '='}, {"next", G(NAV), '='}, {"previous", G(NAV), '='}, {"back to", G(NAV), '='},
    {"filed under", G(NAV), '='}, {"tags", G(NAV), '='}, {"tagged", G(NAV), '='}, {"topics", G(NAV), '='}, {"categories", G(NAV), '='}, {"view all", G(NAV), '='}, {"show more", G(NAV), '='},
    {"load more", G(NAV), '='}, {"table of contents", G(NAV), '='}, {"about us", G(NAV), '='}, {"close", G(NAV), '='}, {"learn more", G(NAV), '='}, {"help", G(NAV), '='}, {"hide", G(NAV), '='},
    {"source", G(SOURCE), '^'}, {"quelle", G(SOURCE), '='}, {"fonte", G(SOURCE), '='}, {"fuente", G(SOURCE), '='}, {"via", G(SOURCE), '1'}, {"originally published", G(SOURCE), '='},
    {"contributed to", G(SOURCE), '='}, {"reporting by", G(SOURCE), '='}, {"editing by", G(SOURCE), '='}, {"references", G(SOURCE), '='}, {"update:", G(SOURCE), '^'}, {"correction", G(SOURCE), '='},
    {"editor's note", G(SOURCE), '='}, {"press release", G(SOURCE), '='}, {"for more information", G(SOURCE), '='}, {"visit", G(SOURCE), '='}, {"источник", G(SOURCE), '='},
#undef G
};

/* Rows by their first byte, made at the first call and the same ever after. */
enum { ROWS_MAX = 640 };
typedef struct { uint16_t begin[257]; uint16_t row[ROWS_MAX]; uint8_t n[ROWS_MAX]; } Index;

static void index_make(Index *x, const Hint *rows, int n, bool whole)
{
    int at = 0;
    for (int c = 0; c < 256; c++) {
        x->begin[c] = (uint16_t)at;
        for (int i = 0; i < n; i++)
            if ((unsigned char)rows[i].text[0] == c && (rows[i].how == '*') == whole) x->row[at++] = (uint16_t)i;
    }
    x->begin[256] = (uint16_t)at;
    for (int i = 0; i < n; i++) x->n[i] = (uint8_t)strlen(rows[i].text);
}
#define N(rows) (int)(sizeof rows / sizeof *rows)
_Static_assert(sizeof names / sizeof *names <= ROWS_MAX && sizeof phrases / sizeof *phrases <= ROWS_MAX, "an index holds all rows");

static Index name_words, name_wholes, phrase_words;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static void make_all(void)
{
    index_make(&name_words, names, N(names), false);
    index_make(&name_wholes, names, N(names), true);
    index_make(&phrase_words, phrases, N(phrases), false);
}

static bool is_word_byte(unsigned char c) { return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

enum { NAME_MAX = 512, TEXT_MAX = 400 };   /* bytes that are looked at: frameworks write kilobytes of class names, furniture is short */

uint32_t class_groups(Str s)
{
    char low[NAME_MAX * 2], joined[NAME_MAX];
    int n = 0, m = 0;
    uint32_t bits = 0;
    pthread_once(&once, make_all);
    for (ptrdiff_t i = 0; i < s.n && i < NAME_MAX; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool is_upper = c >= 'A' && c <= 'Z', was_lower = i && s.p[i - 1] >= 'a' && s.p[i - 1] <= 'z';
        if (is_upper) c |= 32;
        if (is_upper && was_lower) low[n++] = '-';
        low[n++] = (char)c;
        if (is_word_byte(c)) joined[m++] = (char)c;
        else if (c == ' ') joined[m++] = ' ';
    }
    for (int i = 0; i < n; i++) {
        if (!is_word_byte((unsigned char)low[i]) || (i && is_word_byte((unsigned char)low[i - 1]))) continue;
        for (int k = name_words.begin[(unsigned char)low[i]]; k < name_words.begin[(unsigned char)low[i] + 1]; k++) {
            int row = name_words.row[k], len = name_words.n[row];
            if (i + len > n || memcmp(low + i, names[row].text, (size_t)len) != 0) continue;
            if (names[row].how == '=' && i + len < n && is_word_byte((unsigned char)low[i + len])) continue;
            bits |= 1u << names[row].group;
        }
    }
    for (int i = 0; i < m; i++)
        for (int k = name_wholes.begin[(unsigned char)joined[i]]; k < name_wholes.begin[(unsigned char)joined[i] + 1]; k++) {
            int row = name_wholes.row[k], len = name_wholes.n[row];
            if (i + len <= m && memcmp(joined + i, names[row].text, (size_t)len) == 0) bits |= 1u << names[row].group;
        }
    return bits;
}

/* Lower case of what the phrases are written in: ASCII, Latin-1's letters, Cyrillic. */
static int lower_into(char *low, int cap, Str s)
{
    int n = 0;
    for (ptrdiff_t i = 0; i < s.n && n + 2 < cap; i++) {
        unsigned char c = (unsigned char)s.p[i], d = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
        if (c >= 'A' && c <= 'Z') c |= 32;
        if (c == 0xE2 && d == 0x80 && i + 2 < s.n && (unsigned char)s.p[i + 2] == 0x99) { low[n++] = '\''; i += 2; continue; }
        low[n++] = (char)c;
        if (c == 0xC3 && d >= 0x80 && d < 0x9F) low[n++] = (char)(d + 0x20), i++;
        else if (c == 0xD0 && d >= 0x90 && d < 0xA0) low[n++] = (char)(d + 0x20), i++;
        else if (c == 0xD0 && d >= 0xA0 && d < 0xB0) low[n - 1] = (char)0xD1, low[n++] = (char)(d - 0x20), i++;
    }
    return n;
}

uint32_t word_groups(Str s)
{
    char low[TEXT_MAX];
    uint32_t bits = 0;
    pthread_once(&once, make_all);
    int n = lower_into(low, TEXT_MAX, s);
    for (int i = 0; i < n; i++) {
        if (low[i] == ' ' || (i && is_word_byte((unsigned char)low[i - 1]))) continue;
        for (int k = phrase_words.begin[(unsigned char)low[i]]; k < phrase_words.begin[(unsigned char)low[i] + 1]; k++) {
            int row = phrase_words.row[k], len = phrase_words.n[row];
            const Hint *p = &phrases[row];
            if (i + len > n || memcmp(low + i, p->text, (size_t)len) != 0) continue;
            if (p->how != '^' && i + len < n && is_word_byte((unsigned char)low[i + len])) continue;
            if (p->how == '1' && i > 0) continue;
            bits |= 1u << p->group;
        }
    }
    return bits;
}
