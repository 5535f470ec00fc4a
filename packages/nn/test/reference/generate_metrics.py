"""Writes metrics.json: scikit-learn's metrics of random outputs, with ties, rare and missing classes. Run with no arguments."""

import json
from pathlib import Path

import numpy as np
from sklearn import metrics as m

random = np.random.default_rng(5)
cases = []


def multiclass(rows, classes, missing):
    targets = random.integers(0, classes - missing, rows)
    outputs = random.integers(-4, 5, (rows, classes)) / 4
    outputs[np.arange(rows), targets] += 0.3
    predicted = outputs.argmax(1)
    all_classes = np.arange(classes)
    scores = {"accuracy": m.accuracy_score(targets, predicted)}
    # Of equal outputs scikit-learn takes the last, so ties are broken towards the lower class first.
    untied = outputs - np.arange(classes) * 1e-9
    for count in range(1, classes if classes > 2 else 1):
        scores[f"topAccuracy {count}"] = m.top_k_accuracy_score(targets, untied, k=count, labels=all_classes)
    for average in ["macro", "weighted", "micro"]:
        scores[f"precision {average}"] = m.precision_score(targets, predicted, average=average, zero_division=0)
        scores[f"recall {average}"] = m.recall_score(targets, predicted, average=average, zero_division=0)
        scores[f"fScore {average} 2"] = m.fbeta_score(targets, predicted, beta=2, average=average, zero_division=0)
    scores["matthewsCorrelation"] = m.matthews_corrcoef(targets, predicted)
    confusion = m.confusion_matrix(targets, predicted, labels=all_classes)
    return {"outputs": outputs.tolist(), "targets": targets.tolist(), "scores": scores, "confusion": confusion.tolist()}


def binary(rows, prevalence):
    targets = (random.random(rows) < prevalence).astype(int)
    outputs = random.integers(-6, 5, rows) / 4 + 0.5 * targets
    predicted = (outputs >= 0).astype(int)
    return {
        "outputs": outputs.tolist(),
        "targets": targets.tolist(),
        "scores": {
            "accuracy": m.accuracy_score(targets, predicted),
            "precision": m.precision_score(targets, predicted, zero_division=0),
            "recall": m.recall_score(targets, predicted, zero_division=0),
            "fScore": m.f1_score(targets, predicted, zero_division=0),
            "matthewsCorrelation": m.matthews_corrcoef(targets, predicted),
            "rocAuc": m.roc_auc_score(targets, outputs),
            "averagePrecision": m.average_precision_score(targets, outputs),
        },
        "confusion": m.confusion_matrix(targets, predicted, labels=[0, 1]).tolist(),
    }


def regression(rows, offset):
    targets = random.normal(size=rows) + offset
    outputs = targets + random.normal(size=rows) / 2
    return {
        "outputs": outputs.tolist(),
        "targets": targets.tolist(),
        "scores": {
            "meanAbsoluteError": m.mean_absolute_error(targets, outputs),
            "rootMeanSquaredError": m.mean_squared_error(targets, outputs, squared=False),
            "r2Score": m.r2_score(targets, outputs),
        },
    }


cases += [multiclass(30, 3, 0), multiclass(25, 5, 2), multiclass(8, 6, 0), multiclass(40, 2, 0)]
cases += [binary(40, 0.5), binary(40, 0.1), binary(12, 0.8)]
cases += [regression(20, 0), regression(20, 1e6)]
lines = ",\n".join(json.dumps(case) for case in cases)
(Path(__file__).parent / "metrics.json").write_text(f"[\n{lines}\n]\n")
