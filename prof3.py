exec(open('try.py').read().split("for name,prof,t in")[0])
import cProfile,pstats
from agents.domain.meals import plan_meals
import agents.domain.meals.day as Y
cases=[("omni4",Profile(meals_per_day=4),T()),("vegan",Profile(diet_type="vegan",meals_per_day=4),T(2100,131.9,70)),("3",Profile(),T(2400,160,66.7)),("8",Profile(meals_per_day=8),T(2800,160,86.7)),("keto",Profile(diet_type="keto",meals_per_day=4),T(1800,112,132.4,40,20)),("budget",Profile(meals_per_day=4,budget_per_day=5.),T()),("allergic",Profile(meals_per_day=4,diet_type="vegan",restrictions=tuple(Restriction("allergy",c,"severe") for c in ("soy","gluten"))),T())]
orig=Y.compose
for name,p,t in cases:
    n=pt=0
    def cc(table,*,kernel):
        global n,pt
        n+=1; pt+= len(table.lists[0])>30
        return orig(table,kernel=kernel)
    Y.compose=cc
    ts=[]; ms=[];na=[];fb=[]
    for seed in (1,2,3):
        a=time.perf_counter(); c=plan_meals(Request(profile=p,targets=(t,)*7,catalogue=cat,start=dt.date(2026,1,5),seed=seed)); ts.append(time.perf_counter()-a)
        if hasattr(c,'days'):
            ms+=[misfit(vector(d.totals),t.figures)*20 for d in c.days]; na+=[d.sodium_mg for d in c.days]; fb+=[d.totals.fibre_g for d in c.days]
        else: print(c.message)
    if ms: print(name,[f"{x:.2f}" for x in ts],f"max {max(ms):.2f} patient {pt}/{n} na max {max(na):.0f} fibre {min(fb):.0f}-{max(fb):.0f}")
pr=cProfile.Profile(); pr.enable(); plan_meals(Request(profile=cases[0][1],targets=(T(),)*7,catalogue=cat,start=dt.date(2026,1,5),seed=5)); pr.disable(); pstats.Stats(pr).sort_stats("cumtime").print_stats(22)
