# %% [markdown]
# # Figures with uncertainty
#
# The chapter counts: exactly, at least, at most, on somebody's word. None of this is flattened. Needs
# `pip install 'narkom[notebook,plot]'`.

# %%
import matplotlib.pyplot as plt
import pandas

import narkom

kb = narkom.open()
figures = kb.ask("figures-for").to_pandas()
figures[["figure_text", "count", "at_least", "at_most", "unit", "on_the_word_of", "notes"]]

# %% [markdown]
# An exact figure is a point, a figure with a bound a line that stays open where the chapter gives no other end.

# %%
fig, axis = plt.subplots(figsize=(8, 4))
for place, row in enumerate(figures.itertuples()):
    least, most = (None if pandas.isna(one) else float(one) for one in (row.at_least, row.at_most))
    if not pandas.isna(row.count):
        axis.plot(float(row.count), place, "ko")
    elif least is not None and most is not None:
        axis.plot([least, most], [place, place], "k-")
    elif least is not None:
        axis.plot(least, place, "k>")
    elif most is not None:
        axis.plot(most, place, "k<")
axis.set_yticks(range(len(figures)), figures.figure_text)
fig.tight_layout()

# %% [markdown]
# ## Days that are known only within bounds
#
# `earliest` and `latest` are the outermost days that follow from all that the chapter says of time. The wider the span,
# the less is known; a day of its own is the exception.

# %%
arrests = kb.ask("arrested-in").to_pandas()
arrests["days"] = (pandas.to_datetime(arrests.latest) - pandas.to_datetime(arrests.earliest)).dt.days + 1
arrests.groupby("dating").days.describe()[["count", "min", "50%", "max"]]

# %% [markdown]
# Where the authors pass on a figure on another's word, the answer says whose.

# %%
figures[figures.on_the_word_of.notna()][["figure_text", "on_the_word_of", "stances", "notes"]]
