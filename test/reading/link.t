# published | text | names with their key and code, in the order of first mention; "-" no key. The world is actors/world.actors.
2029-06-01 | President Kaede Ito met Eva Marl in Dorn. Ito left early. | Kaede Ito=ito XRU GOV; Eva Marl=marl XVE GOV; Dorn=dorn XRU
2033-06-01 | President Kaede Ito met Eva Marl in Dorn. | Kaede Ito=ito XRU GOV; Eva Marl=marl XVE GOV; Dorn=dorn XRU
2029-06-01 | Former President Kaede Ito met Eva Marl in Dorn. | Kaede Ito=ito XRU ELI; Eva Marl=marl XVE GOV; Dorn=dorn XRU
# a full name that nobody knows, and the surname that stands for it
2029-06-01 | Boyan Ito, a baker, met Eva Marl in Dorn. Ito left early. | Boyan Ito=-; Eva Marl=marl XVE GOV; Dorn=dorn XRU
# short given name, middle initial, transliteration
2029-06-01 | Sergey Orlowsky spoke to Eva B. Marl in Dorn. | Sergey Orlowsky=orlovsky XRU ELI; Eva B. Marl=marl XVE GOV; Dorn=dorn XRU
# a weak surname needs a title or a full name
2029-06-01 | Foreign Minister Dosk told reporters that the port was closed. | Dosk=dosk XVE GOV
2029-06-01 | Dosk told reporters that the port was closed. | Dosk=-
2029-06-01 | Anton Dosk was here. Later Dosk told reporters that the port was closed. | Anton Dosk=dosk XVE GOV
# another land's minister of that name is another man
2029-06-01 | Ruritanian Foreign Minister Dosk told reporters that the port was closed. | Dosk=-
# the seat of power acts, or is the place
2029-06-01 | The envoys travelled to Strelsau, Ruritania, on Monday. Strelsau rejected the plan of Velia. | Strelsau=strelsau XRU; Ruritania=ruritania XRU; Strelsau=xru-government XRU GOV; Velia=velia XVE
2029-06-01 | Reporters of The Strelsau Times asked Eva Marl. | The Strelsau Times=strelsau-times XRU MED; Eva Marl=marl XVE GOV
# two lands by a hyphen
2029-06-01 | The Ruritania-Velia talks went on in Dorn. | Ruritania=ruritania XRU; Velia=velia XVE; Dorn=dorn XRU
# a description is not a name
2029-06-01 | Boris Quell, known as "Ito's brain", spoke in Dorn. Quell smiled. | Boris Quell=-; Ito=ito XRU GOV; Dorn=dorn XRU
# a senator whom the table does not know acts as one
2029-06-01 | Velian Senator Ola Brill told Eva Marl so. | Ola Brill=- XVE LEG; Eva Marl=marl XVE GOV
