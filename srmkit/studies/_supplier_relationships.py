"""Relationship indicated against current (to be replaced)."""
import pandas as pd


def relationships(study):
    i=study.spend.index
    return pd.DataFrame({"indicated":"ongoing","current":study.evidence.suppliers["current_relationship"].reindex(i),"gap":"","steps":0.0,"why":""},index=i)
