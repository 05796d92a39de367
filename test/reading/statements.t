# text | each statement as "source / cue / content / speaker / form class", several parted by " || ", "in N" for one inside another; "-" for none
# indirect
Ana Velline said that the port would reopen in June.                   | Ana Velline / said / that the port would reopen in June / Ana Velline / indirect speech
Ana Velline said on Monday that the port would reopen.                 | Ana Velline / said / that the port would reopen / Ana Velline / indirect speech
The port would reopen in June, Ana Velline said.                       | Ana Velline / said / The port would reopen in June / Ana Velline / indirect speech
According to the harbour office, the port will reopen in June.         | the harbour office / According to / the port will reopen in June / - / indirect speech
The port will reopen in June, according to Ana Velline.                | Ana Velline / according to / The port will reopen in June / Ana Velline / indirect speech
The mayor declined to say whether the port would reopen.               | The mayor / declined to say / whether the port would reopen / - / indirect speech
The minister did not say when the port would reopen.                   | The minister / did not say / when the port would reopen / - / indirect speech
Ana Velline told reporters the talks had failed.                       | Ana Velline / told / the talks had failed / Ana Velline / indirect speech
# direct
"The port will reopen," Minister Ana Velline said.                     | Minister Ana Velline / said / The port will reopen / Ana Velline / direct speech
"The port," Ana Velline said, "will reopen."                           | Ana Velline / said / The port + will reopen. / Ana Velline / direct speech
"The port will reopen," Ana Velline said. "It must be soon."           | Ana Velline / said / The port will reopen + It must be soon. / Ana Velline / direct speech
Ana Velline said: "The port will reopen."                              | Ana Velline / said: / The port will reopen. / Ana Velline / direct speech
“The port will reopen.\n\n“It must,” Ana Velline said.                 | Ana Velline / said / The port will reopen. + It must / Ana Velline / direct speech
"The port will reopen," Ana Velline said.\n\n"It must be very soon indeed." | Ana Velline / said / The port will reopen + It must be very soon indeed. / Ana Velline / direct speech
# mixed
Ana Velline said that the plan was "dead".                             | Ana Velline / said / that the plan was "dead" / Ana Velline / mixed speech
Ana Velline called the plan "a disgrace".                              | Ana Velline / called / the plan "a disgrace" / Ana Velline / mixed speech
# thought, intention, feeling, perception, documents
Ana Velline believes that the port will reopen.                        | Ana Velline / believes / that the port will reopen / Ana Velline / indirect thought
Ana Velline wants to reopen the port.                                  | Ana Velline / wants / to reopen the port / Ana Velline / indirect intention
Ana Velline fears that the port will never reopen.                     | Ana Velline / fears / that the port will never reopen / Ana Velline / indirect feeling
The decree orders all ships to leave the port.                         | The decree / orders / all ships to leave the port / - / indirect document
# one inside another
Ana Velline said that Tomas Ruiz had promised to reopen the port.      | Ana Velline / said / that Tomas Ruiz had promised to reopen the port / Ana Velline / indirect speech || Tomas Ruiz / had promised / to reopen the port / Tomas Ruiz / indirect speech in 0
# none
The ship left the port on Monday.                                      | -
The workers' plan and the ministers' plan failed.                      | -
The "open port" plan failed.                                           | -
