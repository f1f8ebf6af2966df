import time, datetime as dt, sys
import agents.domain.meals.solver as S
log=[]
orig=S.Program.solve
OPTS={}
def solve(self,*,nodes,gap,near=0.0):
    import highspy, numpy as np
    t=time.perf_counter()
    model=highspy.Highs()
    for name,value in (("output_flag",False),("threads",1),("random_seed",1),("mip_rel_gap",gap),("mip_max_nodes",nodes),("mip_abs_gap",near),*OPTS.items()):
        if name=="gap2": continue
        model.setOptionValue(name,value)
    big=len(self._lows)>200
    if big and "near" in EXTRA: model.setOptionValue("mip_abs_gap",EXTRA["near"])
    p=highspy.HighsLp(); p.num_col_,p.num_row_=len(self._lows),len(self._row_bounds)
    p.col_cost_=np.array(self._costs); p.col_lower_=np.array(self._lows); p.col_upper_=np.array(self.highs)
    p.row_lower_=np.array([l for l,_ in self._row_bounds]); p.row_upper_=np.array([h for _,h in self._row_bounds])
    p.a_matrix_.format_=highspy.MatrixFormat.kRowwise
    p.a_matrix_.start_=np.array([*self._starts,len(self._entries[0])],dtype=np.int32)
    p.a_matrix_.index_=np.array(self._entries[0],dtype=np.int32); p.a_matrix_.value_=np.array(self._entries[1])
    k=(highspy.HighsVarType.kContinuous,highspy.HighsVarType.kInteger)
    p.integrality_=[k[w] for w in self._wholes]
    model.passModel(p); t1=time.perf_counter(); model.run(); t2=time.perf_counter()
    i=model.getInfo()
    log.append((len(self._lows),len(self._row_bounds),t1-t,t2-t1,i.mip_node_count,i.objective_function_value,i.mip_gap))
    return tuple(model.getSolution().col_value)
S.Program.solve=solve
EXTRA={}
exec(open('try.py').read().split("for name,prof,t in")[0])
cases=[("omni4",Profile(meals_per_day=4),T()),("vegan",Profile(diet_type="vegan",meals_per_day=4),T(2100,131.9,70)),("3",Profile(),T(2400,160,66.7)),("8",Profile(meals_per_day=8),T(2800,160,86.7))]
def go(label):
    for name,prof_,t in cases:
        log.clear(); a=time.perf_counter()
        for seed in (1,2):
            c=compiled(Request(profile=prof_,targets=(t,)*7,catalogue=cat,start=dt.date(2026,1,5),seed=seed))
        tot=(time.perf_counter()-a)/2
        big=[l for l in log if l[0]>200]; small=[l for l in log if l[0]<=200]
        print(f"{label:22}{name:6} week {tot:.2f}s big n={len(big)} {sum(l[3] for l in big)/len(big)*1000:.0f}ms nodes {sum(l[4] for l in big)/len(big):.0f} obj {sum(l[5] for l in big)/len(big):.2f} small {sum(l[3] for l in small)/len(small)*1000:.0f}ms build {(2*tot-sum(l[3] for l in log))/len(big)*1000:.0f}ms cols {big[0][:2]}")

import sys
EXTRA["near"]=1.0
base={"mip_heuristic_effort":0.05}
A={"presolve":"off","mip_heuristic_run_root_reduced_cost":False,"mip_heuristic_run_feasibility_jump":False,"mip_allow_restart":False}
for label,o in [("A",A),("A-heur0.01",{**A,"mip_heuristic_effort":0.01}),("A heur0",{**A,"mip_heuristic_effort":0.0}),("A sols3",{**A,"mip_max_improving_sols":3}),("A sols6",{**A,"mip_max_improving_sols":6}),("A poolsoft",{**A,"mip_pool_soft_limit":100}),("A noRENS",{**A,"mip_heuristic_run_rens":False}),("A nofj only presolve",{**A,"presolve":"choose"}),("A heur0 norens",{**A,"mip_heuristic_effort":0.0,"mip_heuristic_run_rens":False,"mip_heuristic_run_rins":False})]:
    OPTS.clear(); OPTS.update(o)
    try: go(label)
    except Exception as e: print(label,e)
