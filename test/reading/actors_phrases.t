# phrase | context | code | entry. The table is actors/world.actors, the day 2029-06-01.
Ruritania |  | XRU | ruritania
Ruritanians |  | XRU CVL | -
ordinary Ruritanians |  | XRU CVL | -
a senior Ruritanian diplomat |  | XRU GOV | -
seven senior Ruritanian officials |  | XRU GOV | -
Velia's soldiers |  | XVE MIL | -
Velian soldiers |  | XVE MIL | -
soldiers |  | MIL | -
the soldiers | Velia | XVE MIL | -
Kaede Ito |  | XRU GOV | ito
President Kaede Ito |  | XRU GOV | ito
Ruritania's former president |  | XRU | -
Velia's diplomat to Ruritania |  | XVE GOV | -
a diplomat of Velia |  | XVE GOV | -
diplomats in Port Vell |  | XVE GOV | -
officials of the Riksrat |  | XVE LEG | -
the Riksrat |  | XVE LEG | riksrat
Port Vell |  | XVE GOV | xve-government
Dorn |  | XRU | dorn
a former Elphberg Palace official |  | XRU ELI | -
The Strelsau Times |  | XRU MED | strelsau-times
Mira Kovach |  | XVE ELI | kovach
the gardener |  |  | -
ex-diplomats of Velia |  | XVE ELI | -
dozens of Velian soldiers |  | XVE MIL | -
