# BDD-001: Parcel handover
#
# Layer 4 of the locker's chain. Upstream: EARS-001 (docs/EARS/EARS-001_parcel_handover.md).
# Downstream: ADR-001, SYS-001, REQ-001, REQ-002, REQ-003, IMPL-001, CTR-001, SPEC-001, TASKS-001, IPLAN-001.

@brd:BRD-001:FR-001 @brd:BRD-001:FR-002 @brd:BRD-001:FR-003 @brd:BRD-001:FR-004 @brd:BRD-001:NFR-002
@prd:PRD-001:FEATURE-001 @prd:PRD-001:FEATURE-002 @prd:PRD-001:FEATURE-003 @prd:PRD-001:FEATURE-004
@ears:EARS-001:EVENT-001 @ears:EARS-001:EVENT-002 @ears:EARS-001:EVENT-003 @ears:EARS-001:EVENT-004
@ears:EARS-001:STATE-001 @ears:EARS-001:STATE-002 @ears:EARS-001:UB-001 @ears:EARS-001:UB-002
Feature: Parcel handover
  A courier leaves a parcel in the locker wall of an apartment house, and a
  resident collects it at any hour with nothing but a number and a code.

  Background:
    Given a locker wall with the layout "S=2,M=1" and a hold time of 72 hours

  Scenario: Deposit issues a code
    When a courier deposits a parcel of size "S"
    Then the answer is 201
    And the answer names compartment 1, a code of six digits and a deadline
    And compartment 1 is "waiting"

  Scenario: Deposit without room is refused
    Given a courier has deposited a parcel of size "M"
    When a courier deposits a parcel of size "M"
    Then the answer is 409 with the error "no-compartment"
    And compartment 1 is "free"

  Scenario: Code hands over the parcel
    Given a courier has deposited a parcel of size "S"
    When the resident enters the code
    Then the answer is 200
    And compartment 1 is "free"

  Scenario: Code opens only once
    Given a courier has deposited a parcel of size "S"
    When the resident enters the code
    And the resident enters the code
    Then the answer is 404 with the error "empty"

  Scenario: Wrong code leaves attempts
    Given a courier has deposited a parcel of size "S"
    When the resident enters a wrong code 1 time
    Then the answer is 403 with the error "wrong-code"
    And 2 attempts are left
    When the resident enters the code
    Then the answer is 200

  Scenario: Third wrong code blocks
    Given a courier has deposited a parcel of size "S"
    When the resident enters a wrong code 3 times
    Then the answer is 423 with the error "blocked"
    When the resident enters the code
    Then the answer is 423 with the error "blocked"

  Scenario: Overdue parcel is refused
    Given a courier has deposited a parcel of size "S"
    When 73 hours pass
    And the resident enters the code
    Then the answer is 410 with the error "overdue"

  Scenario: Only the manager releases
    Given a courier has deposited a parcel of size "S"
    When 73 hours pass
    And somebody without the token releases the compartment
    Then the answer is 401 with the error "not-the-manager"
    When the house manager releases the compartment
    Then the answer is 200
    And compartment 1 is "free"

  Scenario: Restart keeps parcels and attempts
    Given a courier has deposited a parcel of size "S"
    When the resident enters a wrong code 2 times
    And the service restarts
    And the resident enters a wrong code 1 time
    Then the answer is 423 with the error "blocked"
    And compartment 1 is "blocked"
