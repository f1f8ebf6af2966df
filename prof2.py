exec(open('try.py').read().split("for name,prof,t in")[0])
import agents.domain.meals.day_model as D, agents.domain.meals.day as Y, sys
cases=[("omni4",Profile(meals_per_day=4),T()),("vegan",Profile(diet_type="vegan",meals_per_day=4),T(2100,131.9,70)),("3",Profile(),T(2400,160,66.7)),("8",Profile(meals_per_day=8),T(2800,160,86.7)),("keto",Profile(diet_type="keto",meals_per_day=4),T(1800,112,132.4,40,25)),("budget",Profile(meals_per_day=4,budget_per_day=5.),T())]
for k in (5,6,8):
    Y.QUICK=(Y.SHORTLIST,2,k)
    for name,prof_,t in cases:
        n=0; pt=0
        orig=Y.compose
        def cc(table,*,kernel):
            global n,pt
            n+=1; pt+= kernel==14
            return orig(table,kernel=kernel)
        Y.compose=cc
        a=time.perf_counter(); ms=[]
        for seed in (1,2,3):
            c=compiled(Request(profile=prof_,targets=(t,)*7,catalogue=cat,start=dt.date(2026,1,5),seed=seed))
            ms+=[misfit(vector(total(x.nutrients for x in d)),t.figures)*20 for d in c.days]
        tot=(time.perf_counter()-a)/3
        Y.compose=orig
        print(k,name,f"{tot:.2f}s max {max(ms):.2f} mean {sum(ms)/len(ms):.2f} patient {pt}/{n} fibre",)
