"""Grades with the bench of a batch: what one process of it does, without the gradebook around it."""

import json

from spine import HERE, Grader, workload

from comparison import protocol
from grader.executors import Task


def main():
    grader = Grader(HERE / "workload", "workload")

    def work(bench):
        protocol.serve(lambda first, count: block(bench, first, count))

    def block(bench, first, count):
        waiting = {int(each.student[1:]): each for each in workload(first, count)}

        def grade(number):
            graded = bench.grade(Task(waiting[number]), grader.digests)
            outcomes = json.loads(graded.text)["outcomes"]
            return sum(outcome["verdict"] == "passed" for outcome in outcomes)

        server = bench._spawner._process.pid
        before = protocol.tree_cpu(server)
        cost = protocol.each(grade, waiting)
        return cost | {"cpu": cost["cpu"] + protocol.tree_cpu(server) - before}

    grader.serve(work)


if __name__ == "__main__":
    main()
