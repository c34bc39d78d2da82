"""What one case costs on its way through a process: times, hand-overs, contacts, approvals; plain Python.

The way of a case is an absorbing Markov chain: the steps are its states, the shares at a decision its
transition probabilities, the ends its absorbing states. How often a case comes to each step is one system
of linear equations, ``visits = start + transposed(shares) * visits`` (Kemeny, Snell: Finite Markov Chains,
1960, chapter III: the fundamental matrix). So a loop back that every fifth case takes counts with every
case it will ever see, not once. Expected times are sums of visits times duration.

Lead time is touch plus waiting time; flow efficiency is touch time over lead time, both as in value stream
mapping (Rother, Shook: Learning to See, 1999).

What the method does not know: work done side by side (several ways out of a step are a choice between
them, never parallel) and how durations scatter (expected values only).
"""

from .measure import Figures, measure
from .network import Arc, Network, Step
from .shares import Remark, probabilities
from .visits import expected_visits

__all__ = ["Arc", "Figures", "Network", "Remark", "Step", "expected_visits", "measure", "probabilities"]
