"""Writes scaling.json: what scikit-learn's scalers make of columns, constant ones among them. Run with no arguments."""

import json
from pathlib import Path

import numpy as np
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler

random = np.random.default_rng(11)
scalers = [
    ({"method": "standard"}, StandardScaler()),
    ({"method": "minMax"}, MinMaxScaler()),
    ({"method": "minMax", "range": [-1, 3]}, MinMaxScaler(feature_range=(-1, 3))),
    ({"method": "robust"}, RobustScaler()),
    ({"method": "robust", "quantiles": [0.1, 0.95]}, RobustScaler(quantile_range=(10, 95))),
]

cases = []
for rows in [1, 2, 8, 13]:
    columns = [random.normal(3, 5, rows), np.full(rows, 0.1), random.integers(0, 3, rows), 1e6 + random.random(rows)]
    data = np.round(np.stack(columns, 1), 3)
    fresh = np.round(random.normal(0, 4, (2, 4)), 3)
    for options, scaler in scalers:
        scaler.fit(data)
        expected = scaler.transform(np.concatenate([data, fresh]))
        cases.append({"options": options, "data": data.tolist(), "fresh": fresh.tolist(), "expected": expected.tolist()})

text = ",\n".join(json.dumps(case) for case in cases)
Path(__file__).with_name("scaling.json").write_text(f"[\n{text}\n]\n")
