"""Exact: whatever is edited, in whatever order, a build gives what a build from nothing gives, byte for byte."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

import machine

EXAMPLES, STEPS = 8, 30


@pytest.mark.slow
def test_any_edits_in_any_order_give_what_a_build_from_nothing_gives():
    before = machine.edits_done()
    limits = settings(
        max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(machine.Edits, settings=limits)
    assert machine.edits_done() - before > EXAMPLES * STEPS // 2
