"""Writes events.json: records as TensorBoard's own writer makes them, in hexadecimal. Run with Python and the package tensorboard:

    python events.py

With a folder as argument it prints instead what TensorBoard reads of the event files there:

    python events.py FOLDER
"""

import io
import json
import os
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2, tensor_shape_pb2, types_pb2
from tensorboard.summary.writer.record_writer import RecordWriter


def record(event):
    buffer = io.BytesIO()
    RecordWriter(buffer).write(event.SerializeToString())
    return buffer.getvalue().hex()


def with_value(value, step):
    return event_pb2.Event(wall_time=1700000000.25, step=step, summary=summary_pb2.Summary(value=[value]))


Value = summary_pb2.Summary.Value
text = "alarm: vanishing … 1.5e-6"
shape = tensor_shape_pb2.TensorShapeProto(dim=[tensor_shape_pb2.TensorShapeProto.Dim(size=1)])
plugin = summary_pb2.SummaryMetadata.PluginData(plugin_name="text")
events = {
    "version": event_pb2.Event(wall_time=1700000000.25, file_version="brain.Event:2"),
    "scalar": with_value(Value(tag="loss", simple_value=0.3), 300),
    "notANumber": with_value(Value(tag="loss", simple_value=float("nan")), 2**40),
    "histogram": with_value(
        Value(
            tag="weights",
            histo=summary_pb2.HistogramProto(
                min=-1, max=2, num=3, sum=1.5, sum_squares=5.25, bucket_limit=[-0.9, 0, 2.1], bucket=[1, 0, 2]
            ),
        ),
        1,
    ),
    "text": with_value(
        Value(
            tag="findings/vanishing",
            metadata=summary_pb2.SummaryMetadata(plugin_data=plugin),
            tensor=tensor_pb2.TensorProto(dtype=types_pb2.DT_STRING, tensor_shape=shape, string_val=[text.encode()]),
        ),
        7,
    ),
}

if len(sys.argv) == 1:
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "events.json")
    with open(path, "w") as file:
        json.dump({name: record(event) for name, event in events.items()}, file, indent=2)
        file.write("\n")
else:
    reader = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "histograms": 0, "tensors": 0})
    reader.Reload()
    for tag in reader.Tags()["scalars"]:
        print("scalar", tag, [(each.step, each.value) for each in reader.Scalars(tag)])
    for tag in reader.Tags()["histograms"]:
        for each in reader.Histograms(tag):
            value = each.histogram_value
            print("histogram", tag, each.step, value.num, value.min, value.max, list(value.bucket_limit), list(value.bucket))
    for tag in reader.Tags()["tensors"]:
        for each in reader.Tensors(tag):
            print("text", tag, each.step, each.tensor_proto.string_val[0].decode())
