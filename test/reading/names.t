# text | each entity as "name TYPE mentions", in order, or "-". TYPE "?" is not known.
The envoy Ana Velline met Tomas Ruiz in Strelsau.               | Ana Velline PER 1; Tomas Ruiz PER 1; Strelsau ? 1
Minister Velline left. Later Ana Velline returned.              | Ana Velline PER 2
Ana Velline spoke. Mr Velline was tired. Then Velline left.     | Ana Velline PER 3
Ana Velline met Tomas Velline. Later Velline left.              | Ana Velline PER 1; Tomas Velline PER 2
Later Velline left. In the evening Ana Velline called.          | Ana Velline PER 2
Foreign Minister Ana de Ruiz and President Omar bin Talb met.   | Ana de Ruiz PER 1; Omar bin Talb PER 1
Ana J. Velline and Ana Velline are one.                         | Ana J. Velline PER 2
# bodies
The Port Authority of Strelsau answered.                        | Port Authority of Strelsau ORG 1
The Ministry of Trade and Industry answered.                    | Ministry of Trade and Industry ORG 1
The Northern Grain Fund (NGF) paid. The NGF paid again.         | Northern Grain Fund ORG 3
The Russian Harbour Fund paid.                                  | Russian Harbour Fund ORG 1
NATO Secretary General Ana Velline came.                        | NATO ORG 1; Ana Velline PER 1
# nations, places
French envoys came to France.                                   | France GPE 1
The U.S. and the United States are one.                         | U.S. GPE 2
US Ambassador Ana Velline wrote to the U.S. from Jordan.          | US GPE 2; Ana Velline PER 1; Jordan GPE 1
The ship left Saudi Arabia for the Black Sea.                   | Saudi Arabia GPE 1; Black Sea LOC 1
# no names
On Monday the minister left in March.                           | -
However, nobody came.                                           | -
Yesterday the president of the council slept.                   | -
PORT CLOSED AFTER STORM                                         | -
Nobody Saw The Ship Leave The Harbour                           | -
