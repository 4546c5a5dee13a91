"""Drives the simulator with the vendor's own SDK, and prints what came of it as one JSON object.

Usage: drive_simulator.py PORT KEY_ID KEY_SECRET INSTANCE GROUP SUBDOMAIN
"""

import json
import sys
import time

from alibabacloud_ccc20170705 import models
from alibabacloud_ccc20170705.client import Client
from alibabacloud_tea_openapi.models import Config

CALLEE_TALKS = "13800990001"
CALLEE_BUSY = "13800990003"


def poll(ask, is_there, bound_seconds=300):
    """Asks until the answer is there, at most for the bound."""
    deadline = time.monotonic() + bound_seconds
    while time.monotonic() < deadline:
        answer = ask()
        if is_there(answer):
            return answer
        time.sleep(0.05)
    raise TimeoutError("the simulator did not get there in time")


def main():
    port, key_id, key_secret, instance, group_name, subdomain = sys.argv[1:7]
    client = Client(
        Config(
            access_key_id=key_id,
            access_key_secret=key_secret,
            endpoint=f"127.0.0.1:{port}",
            protocol="http",
            # Milliseconds; a busy machine keeps the simulator waiting for longer than the SDK's own ten seconds.
            connect_timeout=120_000,
            read_timeout=120_000,
        )
    )

    groups = client.list_skill_groups(
        models.ListSkillGroupsRequest(instance_id=instance)
    ).body
    group = next(group for group in groups.skill_groups.skill_group if group.skill_group_name == group_name)

    pairs = client.pick_global_outbound_numbers(
        models.PickGlobalOutboundNumbersRequest(
            instance_id=instance, callee_number="051412345678", count=3, skill_group_id=[group.skill_group_id]
        )
    ).body.dial_number_pairs.dial_number_pair
    caller = pairs[0].caller

    states = client.list_agent_states(
        models.ListAgentStatesRequest(
            instance_id=instance, skill_group_id=group.skill_group_id, state="Ready", page_number=1, page_size=100
        )
    ).body.data
    agent = states.list.real_time_agent_state[0]

    def dial(callee, mode, route_point):
        return client.dial_ex(
            models.DialExRequest(
                instance_id=instance, caller=caller.number, callee=callee, answer_mode=mode, rout_point=route_point
            )
        ).body

    def details(task_id):
        return client.list_call_event_detail_by_contact_id(
            models.ListCallEventDetailByContactIdRequest(instance_id=instance, contact_id=task_id)
        ).body.data

    queued = dial(CALLEE_TALKS, 2, group.acc_queue_name)
    bound = dial(CALLEE_TALKS, 1, f"{agent.agent_id}@{subdomain}")
    busy = dial(CALLEE_BUSY, 2, group.acc_queue_name)
    tasks = [queued.task_id, bound.task_id, busy.task_id]
    told = [poll(lambda: details(task), lambda answer: answer.release_reason) for task in tasks]

    def list_records():
        return client.list_call_detail_records(
            models.ListCallDetailRecordsRequest(instance_id=instance, page_number=1, page_size=100)
        ).body.call_detail_records

    records = poll(list_records, lambda answer: answer.total_count >= len(tasks))

    print(
        json.dumps(
            {
                "group": group.skill_group_name,
                "caller": caller.number,
                "caller_city": caller.city,
                "candidates": len(pairs),
                "ready": states.total_count,
                "status_codes": [answer.status_code for answer in (queued, bound, busy)],
                "events": [[event.event for event in answer.events.call_event_detail] for answer in told],
                "reasons": [answer.release_reason for answer in told],
                "bound_agent": agent.agent_name,
                "records": {
                    record.contact_id: [record.contact_disposition, record.agent_names, record.duration]
                    for record in records.list.call_detail_record
                },
                "tasks": tasks,
            }
        )
    )


main()
