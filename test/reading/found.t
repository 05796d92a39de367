# text with a model's names in brackets, "[TYPE words]" | each entity as "name TYPE mentions", in order, or "-"
# the model's names and types count, and surnames are linked as ever
[PER Ana Velline] met [PER Tomas Ruiz] in [GPE Strelsau].                | Ana Velline PER 1; Tomas Ruiz PER 1; Strelsau GPE 1
[PER Ana Velline] spoke. Mr [PER Velline] was tired. Then [PER Velline] left. | Ana Velline PER 3
[PER Ana Velline] met [PER Tomas Velline]. Later [PER Velline] left.     | Ana Velline PER 1; Tomas Velline PER 2
[ORG Northern Grain Fund] ([ORG NGF]) paid. The [ORG NGF] paid again.    | Northern Grain Fund ORG 3
[GPE U.S.] and [GPE United States] are one.                              | U.S. GPE 2
[ORG Velm] hired nobody in [GPE Velm].                                   | Velm ORG 2
# what the tables alone would have taken is none
The Harbour Council slept, and Strelsau slept.                           | -
# a title goes with the name that it stands before
President [PER Marten] came. [PER Marten] left.                          | Marten PER 2
# a label of a turn is a name whatever a model says
MR. RUIZ: We will go.\nMR. ITO: Why?\nMR. RUIZ: We must.\nMR. ITO: I see.              | RUIZ PER 2; ITO PER 2
MR. [PER RUIZ]: We will go.\nMR. ITO: Why?\nMR. [PER RUIZ]: We must.\nMR. ITO: So.   | RUIZ PER 2; ITO PER 2
# adjectives of nations, where a model has them
[MISC Ruritanian] envoys came.                                           | Ruritanian MISC 1
