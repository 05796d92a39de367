# text | each statement as "source / cue / content / speaker / form", several parted by " || "; "-" for none
# behind the quotation
"The port will reopen," Minister Ana Velline said.                     | Minister Ana Velline / said / The port will reopen / Ana Velline / direct
"The port will reopen," said Ana Velline, the mayor.                   | Ana Velline, the mayor / said / The port will reopen / Ana Velline / direct
“The port will reopen,” said the harbour master.                       | the harbour master / said / The port will reopen / - / direct
"The port will reopen", Ana Velline told reporters.                    | Ana Velline / told / The port will reopen / Ana Velline / direct
"Will it reopen?" Ana Velline asked.                                   | Ana Velline / asked / Will it reopen? / Ana Velline / direct
"The port will reopen," according to Ana Velline.                      | Ana Velline / according to / The port will reopen / Ana Velline / direct
"The port will reopen," he said.                                       | he / said / The port will reopen / - / direct
# before it
Ana Velline said: "The port will reopen."                              | Ana Velline / said / The port will reopen. / Ana Velline / direct
Ana Velline told reporters on Friday, "The port will reopen."          | Ana Velline / told / The port will reopen. / Ana Velline / direct
According to Ana Velline, "the port will reopen".                      | Ana Velline / According to / the port will reopen / Ana Velline / direct
Ana Velline said that the plan was "dead".                             | Ana Velline / said / dead / Ana Velline / mixed
Ana Velline called the plan "dead".                                    | Ana Velline / called / dead / Ana Velline / mixed
Ana Velline described the plan as "dead".                              | Ana Velline / described / dead / Ana Velline / mixed
Ana Velline continued:\n\n"The port will reopen. It must."             | Ana Velline / continued / The port will reopen. It must. / Ana Velline / direct
# split by its cue, and going on behind it
"The port," Ana Velline said, "will reopen."                           | Ana Velline / said / The port + will reopen. / Ana Velline / direct
"The port will reopen," Ana Velline said. "It must be soon."           | Ana Velline / said / The port will reopen + It must be soon. / Ana Velline / direct
"The port will reopen," Ana Velline said.\n\n"It must be very soon indeed."   | Ana Velline / said / The port will reopen + It must be very soon indeed. / Ana Velline / direct
# not another's words
"The port will reopen," Ana Velline said. Tomas Ruiz left. "It must be soon." | Ana Velline / said / The port will reopen / Ana Velline / direct
"The port will reopen," Ana Velline said. Tomas Ruiz said: "No."       | Ana Velline / said / The port will reopen / Ana Velline / direct || Tomas Ruiz / said / No. / Tomas Ruiz / direct
"The port will reopen." Ana Velline said nothing.                      | -
# paragraphs
“The port will reopen.\n\n“It must,” Ana Velline said.                 | Ana Velline / said / The port will reopen. + It must / Ana Velline / direct
"The port will reopen, he said.\n\nThe others waited all day.          | -
"The port will reopen, he said.\n\nAna Velline said: "No, never."      | Ana Velline / said / No, never. / Ana Velline / direct
# marks
``The port will reopen,'' Ana Velline said.                            | Ana Velline / said / The port will reopen / Ana Velline / direct
‘The port will reopen,’ Ana Velline said.                              | Ana Velline / said / The port will reopen / Ana Velline / direct
'The port will reopen,' Ana Velline said.                              | Ana Velline / said / The port will reopen / Ana Velline / direct
«The port will reopen», Ana Velline said.                              | Ana Velline / said / The port will reopen / Ana Velline / direct
„The port will reopen“, Ana Velline said.                              | Ana Velline / said / The port will reopen / Ana Velline / direct
“He told me ‘no’ again,” Ana Velline said.                             | Ana Velline / said / He told me ‘no’ again / Ana Velline / direct
“The workers’ port isn’t theirs,” Ana Velline said.                    | Ana Velline / said / The workers’ port isn’t theirs / Ana Velline / direct
‘The workers’ port is theirs,’ Ana Velline said.                       | Ana Velline / said / The workers’ port is theirs / Ana Velline / direct
The ministers' plan and the workers' plan failed, Ana Velline said.    | -
In the '90s the ships' crews sang, Ana Velline said.                   | -
A board of 12" and one of 14" were cut, Ana Velline said.              | -
# whose
"It is over," a spokesman for Ana Velline said.                        | a spokesman for Ana Velline / said / It is over / - / direct
"It is over," Ana Velline's brother said.                              | Ana Velline's brother / said / It is over / - / direct
"It is over," Ana Velline and Tomas Ruiz said.                         | Ana Velline and Tomas Ruiz / said / It is over / - / direct
"It is over," the envoy, Ana Velline, said.                            | the envoy, Ana Velline / said / It is over / Ana Velline / direct
"It is over," Ana Velline, 54, head of the port, told reporters.       | Ana Velline, 54, head of the port / told / It is over / Ana Velline / direct
"It is over," said one senior official at France's Foreign Office.     | one senior official at France's Foreign Office / said / It is over / - / direct
"It is over," France's Foreign Office said.                            | France's Foreign Office / said / It is over / Foreign Office / direct
After talks with Tomas Ruiz, the envoy said: "It is over."             | the envoy / said / It is over. / - / direct
Ana Velline met Tomas Ruiz and said: "It is over."                     | - / said / It is over. / - / direct
Ana Velline left, saying: "It is over."                                | Ana Velline / saying / It is over. / Ana Velline / direct
# not said
Ana Velline was told that the plan was "dead".                         | -
Ana Velline did not say that the plan was "dead".                      | -
Ana Velline would say that the plan was "dead".                        | -
Ana Velline denied that the plan was "dead".                           | -
If Ana Velline says that the plan is "dead", all will leave.           | -
The "open port" plan failed.                                           | -
Ana Velline said the "open port" plan failed.                          | -
On the programme "Harbour Lights," Ana Velline said she was tired.     | -
The report was called "Open Ports".                                    | -
# transcripts
MS. VELLINE: The port is open.\nQ Until when?\nMS. VELLINE: Until noon.\nQ Thank you.\nMs. Velline left. | MS. VELLINE / : / The port is open. / VELLINE / direct || - / Q / Until when? / - / direct || MS. VELLINE / : / Until noon. / VELLINE / direct || - / Q / Thank you. Ms. Velline left. / - / direct
UPDATE: The port is open.\nIt was closed.                              | -
# "he said": carried from the only one whom it can mean
"The port will reopen," Ana Velline said. The gates are dry. "We start on Monday," she said. | Ana Velline / said / The port will reopen / Ana Velline / direct || she / said / We start on Monday / Ana Velline / direct
"The port will reopen," Ana Velline said. The mayor left. "We start on Monday," she said. | Ana Velline / said / The port will reopen / Ana Velline / direct || she / said / We start on Monday / - / direct
"The port will reopen," Ana Velline said. Mayor Mara Orlow left. "We start on Monday," she said. | Ana Velline / said / The port will reopen / Ana Velline / direct || she / said / We start on Monday / Mara Orlow / direct
"The port will reopen," Ana Velline said. Mara Orlow and Ilse Brandt left. "We start on Monday," she said. | Ana Velline / said / The port will reopen / Ana Velline / direct || she / said / We start on Monday / - / direct
"The port will reopen," Ana Velline said. The gates are dry. "We start on Monday," he said. | Ana Velline / said / The port will reopen / Ana Velline / direct || he / said / We start on Monday / - / direct
Minister Tomas Ruiz walked through the port.\n\n"We start on Monday," he said. | he / said / We start on Monday / Tomas Ruiz / direct
Minister Tomas Ruiz met Viktor Orlow at the port.\n\n"We start on Monday," he said. | he / said / We start on Monday / - / direct
The gates were opened by Tomas Ruiz.\n\n"We start on Monday," he said. | he / said / We start on Monday / - / direct
A spokesman for Tomas Ruiz came out.\n\n"We start on Monday," he said. | he / said / We start on Monday / - / direct
# a name behind its role
"The port will reopen," said the president's spokesman, Jory Quent. | the president's spokesman, Jory Quent / said / The port will reopen / Jory Quent / direct
"The port will reopen," said Ruritania's trade minister, Rollo Umber. | Ruritania's trade minister, Rollo Umber / said / The port will reopen / Rollo Umber / direct
"The port will reopen," said Premier of the Republic Davin Orrel. | Premier of the Republic Davin Orrel / said / The port will reopen / Davin Orrel / direct
# notes at the end of a report are no talk
The match was played on a wet evening in Velm, and nobody who saw it will want to see it again before the summer comes.\n\nHarbour: Three players were hurt.\nRiver: The goalkeeper left.\n\nHarbour: Away on Friday.\nRiver: At home on Sunday. | -
