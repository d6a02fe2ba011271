"""PURE: the path of a window from what matters in a shot at each moment: where it should be, then smooth and bounded.

What matters is a profile along one axis for each sample. The best places follow from all samples at once, by dynamic
programming; a window in which all of them fit stands still. Otherwise a smooth curve is fitted to them, the smoother
the more it would accelerate, so what comes out keeps the bound.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.cut.framing.window import MAX_ACCELERATION, Shot, Turn

Samples = NDArray[np.float64]

PLACES = 97
"""Places of a window that are compared."""
MOVING_COSTS = 16.0
"""Against what is lost outside the window: so much for a move over the whole axis between two samples."""
EDGE = 0.72
"""What something at the edge of a window counts, against its middle."""
ENOUGH, NEARLY = 0.03, 0.015
"""A window stands still where it loses no more than this part by it, against one that is always at the best place; a
smoother path is taken where it loses no more than this part against the best one."""
STIFFNESSES = tuple(0.1 * 1.6**step for step in range(20))
MIN_SAMPLES = 3


def follow(times: Samples, profiles: Samples, part: float, *, bound: float = MAX_ACCELERATION) -> Shot:
    """Return the path of a window of this length that sees most of what matters; `profiles` has a row for each sample,
    at equal intervals of time. It accelerates by `bound` at most, and bends no more than it needs to."""
    kept = _kept(profiles, part)
    standing = Shot(float(times[0]), round(_place_of(int(np.argmax(kept.sum(axis=0))), part), 6))
    if len(times) < MIN_SAMPLES or _worth(standing, times, kept, part) >= (1 - ENOUGH) * kept.max(axis=1).sum():
        return standing
    places = _best_places(kept, part)
    paths = [_path(times, places, stiffness, 1 - part) for stiffness in STIFFNESSES]
    bounded = [path for path in paths if path.largest_acceleration() <= bound] or [standing]
    worths = [_worth(path, times, kept, part) for path in bounded]
    return [path for path, worth in zip(bounded, worths, strict=True) if worth >= (1 - NEARLY) * max(worths)][-1]


def _best_places(kept: Samples, part: float) -> Samples:
    """The place for each sample: the most is seen for what moving costs."""
    places = np.linspace(0, 1 - part, kept.shape[1])
    costs = MOVING_COSTS * np.abs(places[:, None] - places[None, :])
    reached, came_from = -kept[0], []
    for row in kept[1:]:
        total = reached[:, None] + costs
        came_from.append(np.argmin(total, axis=0))
        reached = np.min(total, axis=0) - row
    chosen = [int(np.argmin(reached))]
    for back in reversed(came_from):
        chosen.append(int(back[chosen[-1]]))
    return np.asarray(places[np.array(chosen[::-1])])


def _kept(profiles: Samples, part: float) -> Samples:
    """Return what each place keeps of each profile: all in its middle, less towards its edges."""
    columns = profiles.shape[1]
    centres = (np.arange(columns) + 0.5) / columns
    offsets = (centres[None, :] - np.linspace(0, 1 - part, PLACES)[:, None]) / part
    inside = (offsets >= 0) & (offsets <= 1)
    weights = np.where(inside, 1 - (1 - EDGE) * np.abs(2 * offsets - 1) ** 2, 0.0)
    return np.asarray(profiles @ weights.T)


def _place_of(number: int, part: float) -> float:
    return (1 - part) * number / (PLACES - 1)


def _worth(path: Shot, times: Samples, kept: Samples, part: float) -> float:
    """Return what a path sees of all that matters."""
    places = np.array([path.place_at(float(at_s)) for at_s in times])
    numbers = np.clip(np.rint(places / (1 - part) * (PLACES - 1)).astype(int), 0, PLACES - 1)
    return float(kept[np.arange(len(times)), numbers].sum())


def _path(times: Samples, places: Samples, stiffness: float, limit: float) -> Shot:
    return _spline(times, _within(_fitted(places, stiffness), limit), float(times[1] - times[0]))


def _fitted(places: Samples, stiffness: float) -> Samples:
    """The curve that is nearest to the places and bends least: Whittaker's smoother of third order."""
    count = len(places)
    order = min(3, count - 1)
    bends = np.diff(np.eye(count), n=order, axis=0)
    return np.asarray(np.linalg.solve(np.eye(count) + stiffness**2 * bends.T @ bends, places))


def _within(curve: Samples, limit: float) -> Samples:
    """Drawn together about its middle, not cut off, where it leaves the clip: it bends no more than before."""
    middle = float(np.clip((curve.max() + curve.min()) / 2, 0, limit))
    reach = max(curve.max() - middle, middle - curve.min(), 1e-9)
    room = min(middle, limit - middle)
    return middle + (curve - middle) * min(1.0, room / reach) if curve.min() < 0 or curve.max() > limit else curve


def _spline(times: Samples, curve: Samples, step_s: float) -> Shot:
    """The spline of second order whose accelerations are the curve's; its mean error is taken out of its place."""
    bends = np.diff(curve, n=2) / step_s**2
    added = np.diff(np.concatenate([[0.0], bends, [0.0]]))
    begins = times[:-1] + step_s / 2
    turns = tuple(
        Turn(round(float(at_s), 6), round(float(by), 6))
        for at_s, by in zip(begins, added, strict=True)
        if abs(by) > 1e-6
    )
    speed = round(float((curve[1] - curve[0]) / step_s), 6)
    shot = Shot(float(times[0]), float(curve[0]), speed, turns)
    error = float(np.mean([shot.place_at(float(at_s)) for at_s in times] - curve))
    return Shot(shot.from_s, round(shot.place - error, 6), speed, turns)
