/* Cut: where a JSON value ends, found without understanding it.
**
** Only strings, escapes and the depth of brackets matter, so the end is found in one pass over bytes that may still
** be arriving; base/json then reads the piece and says what is wrong in it.
**
**  in:  `{"text": "He said \"{\"."} , {"text": …`        (CUT_OBJECT or CUT_ELEMENT)
**  out: `{"text": "He said \"{\"."}`                      at = 26
**
** Always: at never passes the window; a call goes on where the last one stopped. Cost: linear. A missing bracket
** swallows what follows, up to the caller's limit: there is no other sign of an end.
*/
#include "input/inside.h"

bool cut_value(Cut *c, Str w, CutKind kind)
{
    ptrdiff_t i = c->at;
    while (i < w.n) {
        char b = w.p[i];
        if (c->in_string) {
            if (c->is_escaped)
                c->is_escaped = false;
            else if (b == '\\')
                c->is_escaped = true;
            else if (b == '"')
                c->in_string = false;
            i++;
            continue;
        }
        bool closes = b == '}' || b == ']';
        if (kind == CUT_ELEMENT && c->depth == 0 && (b == ',' || closes)) {
            c->at = i;
            return true;
        }
        i++;
        if (b == '"')
            c->in_string = true;
        else if (b == '{' || b == '[')
            c->depth++;
        else if (closes && --c->depth <= 0 && kind == CUT_OBJECT) {
            c->at = i;
            return true;
        }
    }
    c->at = i;
    return false;
}
