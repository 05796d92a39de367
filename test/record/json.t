# json.t: an object as it is fed (`fed`) or put in with its parts (`parts`), and the line that becomes of it (`->`), or
# the sentence that refuses it (`!`). Every `->` line is read in again and must give itself.

# Text alone: all else is unknown.
fed {"text":"The port reopens."}
-> {"format":1,"id":null,"uri":null,"publisher":null,"author":null,"title":null,"lang":null,"published":null,"published_how":null,"text":"The port reopens.","sha256":null,"truncated":false}

# What came with it passes through; the date is brought to its one spelling, and was received.
fed {"id":"a7","uri":"https://pier.example/1","publisher":"Pier Gazette","author":"Ada Quill","title":"Port","lang":"en","published":"18 March 2025","text":"Łódź 😀"}
-> {"format":1,"id":"a7","uri":"https://pier.example/1","publisher":"Pier Gazette","author":"Ada Quill","title":"Port","lang":"en","published":"2025-03-18","published_how":"received","text":"Łódź 😀","sha256":null,"truncated":false}

# A number as id is taken as it is written.
fed {"id":17,"text":""}
-> {"format":1,"id":"17","uri":null,"publisher":null,"author":null,"title":null,"lang":null,"published":null,"published_how":null,"text":"","sha256":null,"truncated":false}

# Fed without parts, later parts are not looked at, whatever they are.
fed {"text":"a","statements":7,"speaker":"Ada Quill","events":[{}],"published_how":"stated","truncated":"maybe","sha256":1}
-> {"format":1,"id":null,"uri":null,"publisher":null,"author":null,"title":null,"lang":null,"published":null,"published_how":null,"text":"a","sha256":null,"truncated":false}

# A zero character becomes U+FFFD: one code point as before, so the caller's span of "b" still means "b".
parts {"text":"a\u0000b","times":[{"span":[2,3],"value":"x\u0000y"}]}
-> {"format":1,"id":null,"uri":null,"publisher":null,"author":null,"title":null,"lang":null,"published":null,"published_how":null,"text":"a�b","sha256":null,"truncated":false,"times":[{"span":[2,3],"type":null,"value":"x�y","mod":null,"doubt":false}]}

fed {"text":"a","published":null,"title":null}
-> {"format":1,"id":null,"uri":null,"publisher":null,"author":null,"title":null,"lang":null,"published":null,"published_how":null,"text":"a","sha256":null,"truncated":false}

# The day that was written stays: nothing is moved to another zone.
fed {"text":"a","published":"Tue, 18 Mar 2025 23:30:00 -0500"}
-> {"format":1,"id":null,"uri":null,"publisher":null,"author":null,"title":null,"lang":null,"published":"2025-03-18T23:30:00-05:00","published_how":"received","text":"a","sha256":null,"truncated":false}

fed {"text":"a","published":"yesterday"}
! 'published' is 'yesterday', which is no date; write 2025-03-18 or 2025-03-18T09:30, or null

fed {"text":"a","published":1742290200}
! 'published' is a number; a date in quotes is expected

fed {"text":["a"]}
! 'text' is a list; text in quotes is expected

fed {"title":"a"}
! the object has no 'text'

fed {"text":"a","author":["Ada","Bo"]}
! 'author' is a list; text in quotes is expected

fed ["a"]
! this is a list; an object in braces is expected

# A speaker and no statements: one statement over the whole text.
parts {"text":"We shall reopen the port.","speaker":"Minister Ito"}
-> {"format":1,"id":null,"uri":null,"publisher":null,"author":null,"title":null,"lang":null,"published":null,"published_how":null,"text":"We shall reopen the port.","sha256":null,"truncated":false,"entities":[{"id":0,"name":"Minister Ito","type":null,"key":null,"actor":null,"by":"caller"}],"statements":[{"id":0,"content":[[0,25]],"speaker":0,"form":"direct","class":"speech","sourcing":"named","addressee":null,"medium":null,"judged":null,"inside":null,"time":null,"by":"caller"}]}

# A speaker of null is a report by the publisher; a list of statements is what the caller means, be it empty.
parts {"text":"Port reopens.","speaker":null,"publisher":"Pier Gazette"}
-> {"format":1,"id":null,"uri":null,"publisher":"Pier Gazette","author":null,"title":null,"lang":null,"published":null,"published_how":null,"text":"Port reopens.","sha256":null,"truncated":false}

parts {"text":"a","speaker":"Minister Ito","statements":[]}
-> {"format":1,"id":null,"uri":null,"publisher":null,"author":null,"title":null,"lang":null,"published":null,"published_how":null,"text":"a","sha256":null,"truncated":false}

parts {"text":"a","speaker":3}
! 'speaker' is a number; a name in quotes, or null, is expected

# The speaker is one of the entities where it has the same name.
parts {"text":"a","speaker":"Ito","entities":[{"name":"Vance"},{"name":"Ito","type":"PER"}]}
-> {"format":1,"id":null,"uri":null,"publisher":null,"author":null,"title":null,"lang":null,"published":null,"published_how":null,"text":"a","sha256":null,"truncated":false,"entities":[{"id":0,"name":"Vance","type":null,"key":null,"actor":null},{"id":1,"name":"Ito","type":"PER","key":null,"actor":null}],"statements":[{"id":0,"content":[[0,1]],"speaker":1,"form":"direct","class":"speech","sourcing":"named","addressee":null,"medium":null,"judged":null,"inside":null,"time":null,"by":"caller"}]}

# Topics as bare names are the caller's own.
parts {"text":"a","topics":["ports",{"key":"grain","spans":[[0,1]]}]}
-> {"format":1,"id":null,"uri":null,"publisher":null,"author":null,"title":null,"lang":null,"published":null,"published_how":null,"text":"a","sha256":null,"truncated":false,"topics":[{"key":"ports","statement":null,"by":"caller"},{"key":"grain","spans":[[0,1]],"statement":null}]}

# Ids may be any distinct integers; what is written is the place in the list.
parts {"text":"ab","entities":[{"id":70,"name":"A"},{"id":-5,"name":"B"}],"statements":[{"id":9,"cue":[[0,1]],"speaker":-5,"inside":4},{"id":4,"cue":[[0,1]],"speaker":70,"judged":{"by":9,"how":"false","span":null}}]}
-> {"format":1,"id":null,"uri":null,"publisher":null,"author":null,"title":null,"lang":null,"published":null,"published_how":null,"text":"ab","sha256":null,"truncated":false,"entities":[{"id":0,"name":"A","type":null,"key":null,"actor":null},{"id":1,"name":"B","type":null,"key":null,"actor":null}],"statements":[{"id":0,"cue":[[0,1]],"speaker":1,"form":null,"class":null,"sourcing":null,"addressee":null,"medium":null,"judged":null,"inside":1,"time":null},{"id":1,"cue":[[0,1]],"speaker":0,"form":null,"class":null,"sourcing":null,"addressee":null,"medium":null,"judged":{"by":0,"how":"false","span":null},"inside":null,"time":null}]}

parts {"text":"ab","entities":[{"id":7},{"name":"x"},{"id":7}]}
! entity 2: its 'id' is 7, as that of entity 0

# A missing id is the place in the list, and may be taken already.
parts {"text":"ab","entities":[{"id":1},{"name":"x"}]}
! entity 1: its 'id' is 1, as that of entity 0

parts {"text":"ab","entities":[{"id":"e1"}]}
! entity 0: 'id' is a string; a whole number is expected

parts {"text":"ab","entities":[{"id":1.5}]}
! entity 0: 'id' is a number; a whole number is expected

parts {"text":"ab","statements":[{"cue":[[0,1]],"speaker":3}]}
! statement 0: 'speaker' is 3; no entity has that id

parts {"text":"ab","statements":[{"cue":[[0,1]],"speaker":"Ito"}]}
! statement 0: 'speaker' is a string; an id, or null, is expected

parts {"text":"ab","statements":[{"cue":[[0,1]]},7]}
! statement 1: it is a number; an object in braces is expected

parts {"text":"ab","statements":{"cue":[[0,1]]}}
! 'statements' is an object; a list of objects is expected

parts {"text":"ab","statements":[{"source":[[0,1]]}]}
! statement 0: it has neither content nor cue

# Spans count code points, in and out, and so do the sentences about them.
parts {"text":"ŁŁŁŁ","statements":[{"content":[[1,5]]}]}
! statement 0: content [1, 5) ends after the text (4 code points)

parts {"text":"ŁŁŁŁ","sentences":[[0,2],[1,3]]}
! sentences 1 [1, 3) begins before 0 [0, 2) has ended

parts {"text":"ŁŁŁŁ","statements":[{"content":[[3,1]]}]}
! statement 0: content [3, 1) ends before it begins

parts {"text":"ŁŁŁŁ","statements":[{"content":[[-1,1]]}]}
! statement 0: content [-1, 1) begins before the text

parts {"text":"ŁŁŁŁ","statements":[{"content":[[0,1,2]]}]}
! statement 0: 'content' is a list; a list of pairs [[begin, end]] is expected

parts {"text":"ŁŁŁŁ","statements":[{"content":[[0,0.5]]}]}
! statement 0: 'content' is a number; a list of pairs [[begin, end]] is expected

parts {"text":"ŁŁŁŁ","statements":[{"content":[[0,9007199254740994]]}]}
! statement 0: 'content' is a number; a list of pairs [[begin, end]] is expected

parts {"text":"ŁŁŁŁ","times":[{"span":[0,4],"type":"DATE","value":"2025"}]}
-> {"format":1,"id":null,"uri":null,"publisher":null,"author":null,"title":null,"lang":null,"published":null,"published_how":null,"text":"ŁŁŁŁ","sha256":null,"truncated":false,"times":[{"span":[0,4],"type":"DATE","value":"2025","mod":null,"doubt":false}]}

parts {"text":"a","times":[{"type":"DATE"}]}
! time 0: 'span' is missing; [begin, end] is expected

parts {"text":"a","times":[{"span":[0,1],"type":"Date"}]}
! time 0: 'type' is 'Date'; one of DATE, TIME, DURATION, SET is expected

parts {"text":"a","times":[{"span":[0,1],"doubt":1}]}
! time 0: 'doubt' is a number; true or false is expected

parts {"text":"a","entities":[{"name":"A"},{"name":"B","mentions":[{"span":[0,1],"kind":"name"},{"span":[0,9]}]}]}
! entity 1: mention 1: span [0, 9) ends after the text (1 code points)

parts {"text":"a","events":[{"span":[0,1],"p":1.5}]}
! event 0: p is 1.5, out of its range 0 to 1

parts {"text":"a","events":[{"span":[0,1],"time":"soon"}]}
! event 0: time 'soon' is no date (as 2025-03-18, 2025-03 or 2025-W12)

parts {"text":"a","events":[{"span":[0,1],"before":[0]}]}
! event 0: it precedes or follows itself

parts {"text":"a","events":[{"span":[0,1],"cameo":"19a"}]}
! event 0: cameo '19a' is not two to four digits

parts {"text":"a","events":[{"span":[0,1],"time_range":["2025-03-18","2025-03-01"]}]}
! event 0: time_range [2025-03-18, 2025-03-01] ends before it begins

parts {"text":"a","statements":[{"cue":[[0,1]],"inside":1},{"cue":[[0,1]],"inside":0}]}
! statement 0: inside leads in a circle back to it

parts {"text":"a","statements":[{"cue":[[0,1]],"inside":0}]}
! statement 0: inside leads in a circle back to it

parts {"text":"a","statements":[{"cue":[[0,1]],"judged":{"by":"article"}}]}
! statement 0: judged: 'how' is missing; false, doubtful or true is expected

parts {"text":"a","expectations":[{"span":[0,1],"polarity":2}]}
! expectation 0: 'polarity' is 2; -1 to 1 is expected

parts {"text":"a","published_range":["2025-03-18",null]}
! published_range is given, but published_how is not inferred

parts {"text":"a","format":2}
! 'format' is 2; 1 is expected

parts {"text":"a","sha256":"ABCD"}
! sha256 is 4 characters, not 64

# Every key of every part, as another program may give them: other order, other blanks, keys of its own.
parts {"figures":[{"statement":0,"span":[0,3],"value":9.6e10,"unit":"USD","what":[[4,6]],"period":"2024","note":"x"}],"topics":[{"statement":0,"spans":[[4,6]],"key":"grain"}],"relations":[{"span":[0,6],"type":"intermediary","from":0,"to":1,"via":0,"what":[[0,1],[2,3]],"time":"2025-W07","statement":0}],"expectations":[{"id":0,"span":[0,6],"holder":1,"kind":"threat","polarity":-1,"strength":0.7,"condition":[[4,6]],"due":"2025-04-20","after":1,"statement":0},{"id":1,"span":[0,1],"holder":null,"kind":"hope"}],"events":[{"span":[0,6],"anchor":[1,2],"type":"CONSULT","mode":"visit","contexts":["diplomatic","military"],"cameo":"042","source":[{"entity":0,"actor":"ZED GOV"}],"target":[{"entity":null,"actor":"QEX"}],"time":"2025-02-12","time_range":["2025-02-12",null],"before":[1],"place":"Łódź","place_span":[0,3],"goldstein":1,"status":"planned","statement":0,"p":0.93},{"span":[0,1],"after":[0]}],"statements":[{"source":[[0,1]],"cue":[[1,2]],"content":[[2,3],[4,6]],"speaker":0,"form":"mixed","class":"document","sourcing":"unnamed","sources":{"count":[7,null],"affiliation":"ZED GOV","reason":[[4,5]],"same_as":1},"addressee":1,"medium":0,"judged":{"by":"article","how":"doubtful","span":[5,6]},"inside":1,"time":"2025-02-12"},{"content":[[0,6]]}],"entities":[{"name":"Ana 😀","type":"PER","key":"ana","actor":"ZED GOV","mentions":[{"span":[0,3],"kind":"nominal"}]},{"name":"B"}],"tokens":[{"span":[0,3],"form":"😀bc","lemma":"b","upos":"ADV","xpos":"WRB","feats":"A=b","head":2,"deprel":"advmod","sent":0,"mwt":[0,4]},{"span":[4,6],"form":"ef","head":0,"sent":0}],"sentences":[[0,6]],"truncated":true,"origin":[{"span":[0,1],"how":"agency","name":"Pier","uri":"https://pier.example"}],"boilerplate":[{"span":[0,0],"reason":"pull-quote"}],"sha256":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","published":null,"published_how":"inferred","published_range":["2025-03-18",null],"text":"😀bc ef","format":1,"id":"d","gold":true}
-> {"format":1,"id":"d","uri":null,"publisher":null,"author":null,"title":null,"lang":null,"published":null,"published_how":"inferred","published_range":["2025-03-18",null],"text":"😀bc ef","sha256":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","boilerplate":[{"span":[0,0],"reason":"pull-quote"}],"origin":[{"span":[0,1],"how":"agency","name":"Pier","uri":"https://pier.example"}],"truncated":true,"sentences":[[0,6]],"tokens":[{"span":[0,3],"form":"😀bc","lemma":"b","upos":"ADV","xpos":"WRB","feats":"A=b","head":2,"deprel":"advmod","sent":0,"mwt":[0,4]},{"span":[4,6],"form":"ef","lemma":null,"upos":null,"xpos":null,"feats":null,"head":0,"deprel":null,"sent":0,"mwt":null}],"entities":[{"id":0,"name":"Ana 😀","type":"PER","key":"ana","actor":"ZED GOV","mentions":[{"span":[0,3],"kind":"nominal"}]},{"id":1,"name":"B","type":null,"key":null,"actor":null}],"statements":[{"id":0,"source":[[0,1]],"cue":[[1,2]],"content":[[2,3],[4,6]],"speaker":0,"form":"mixed","class":"document","sourcing":"unnamed","sources":{"count":[7,null],"affiliation":"ZED GOV","reason":[[4,5]],"same_as":1},"addressee":1,"medium":0,"judged":{"by":"article","how":"doubtful","span":[5,6]},"inside":1,"time":"2025-02-12"},{"id":1,"content":[[0,6]],"speaker":null,"form":null,"class":null,"sourcing":null,"addressee":null,"medium":null,"judged":null,"inside":null,"time":null}],"events":[{"id":0,"span":[0,6],"anchor":[1,2],"type":"CONSULT","mode":"visit","contexts":["diplomatic","military"],"cameo":"042","source":[{"entity":0,"actor":"ZED GOV"}],"target":[{"entity":null,"actor":"QEX"}],"time":"2025-02-12","time_range":["2025-02-12",null],"before":[1],"place":"Łódź","place_span":[0,3],"goldstein":1,"status":"planned","statement":0,"p":0.93},{"id":1,"span":[0,1],"anchor":null,"type":null,"mode":null,"cameo":null,"time":null,"time_range":null,"after":[0],"place":null,"goldstein":null,"status":null,"statement":null,"p":null}],"expectations":[{"id":0,"span":[0,6],"holder":1,"kind":"threat","polarity":-1,"strength":0.7,"condition":[[4,6]],"due":"2025-04-20","after":1,"statement":0},{"id":1,"span":[0,1],"holder":null,"kind":"hope","polarity":0,"strength":null,"due":null,"after":null,"statement":null}],"relations":[{"span":[0,6],"type":"intermediary","from":0,"to":1,"via":0,"what":[[0,1],[2,3]],"time":"2025-W07","statement":0}],"topics":[{"key":"grain","spans":[[4,6]],"statement":0}],"figures":[{"span":[0,3],"value":96000000000,"unit":"USD","what":[[4,6]],"period":"2024","statement":0}]}
