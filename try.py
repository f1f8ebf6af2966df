import time, sys, datetime as dt
from dataclasses import replace
from agents.domain.profile import Profile, Restriction
from agents.domain.meals.plan import DayTargets
from agents.domain.meals.request import Request
from agents.domain.meals.week import compiled
from agents.domain.meals.vectors import misfit, vector
from agents.domain.foods import total
from storage.reference.food_tables import catalogue
cat=catalogue()
def T(kcal=2000,p=110.,f=66.,c=None,fib=28): 
    c=c if c is not None else (kcal-4*p-9*f)/4
    return DayTargets(kcal=kcal,kcal_min=.95*kcal,kcal_max=1.05*kcal,protein_g=p,carbs_g=c,fat_g=f,fibre_g=fib)
for name,prof,t in [("omni4",Profile(meals_per_day=4),T()),("vegan",Profile(diet_type="vegan",meals_per_day=4),T(2100,131.9,70)),("keto",Profile(diet_type="keto",meals_per_day=4),T(1800,112,132.4,40,25)),("3",Profile(),T(2400,160,66.7)),("8",Profile(meals_per_day=8),T(2800,160,86.7)),("1500",Profile(meals_per_day=3,max_prep_minutes=20),T(1500,110,58.3)),("budget",Profile(meals_per_day=4,budget_per_day=5.),T()),]:
    for seed in (1,2):
        r=Request(profile=prof,targets=(t,)*7,catalogue=cat,start=dt.date(2026,1,5),seed=seed)
        a=time.perf_counter(); c=compiled(r); b=time.perf_counter()-a
        m=[misfit(vector(total(x.nutrients for x in d)),t.figures)*20 for d in c.days]
        print(name,seed,f"{b:.2f}s",c.missed,[f"{x:.2f}" for x in m],"fibre",[round(sum(x.nutrients.fibre_g for x in d)) for d in c.days])
    for d in c.days[:2]:
        for x in d: print("   ",x.slot.code,x.option.recipe.name,x.servings,dict(x.grams),round(x.nutrients.kcal), "LEFT" if x.is_leftover else "")
