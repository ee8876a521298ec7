/**
 * The faults by which AWS says that a resource is not in the state that a call needs, and which pass by themselves: a
 * cluster that is backed up, modified or promoted is available again a minute later. Calls of the drill that document
 * none are left out.
 *
 * Source: the faults that AWS's model of each call documents (RDS, RDS Data API and Auto Scaling API references). What
 * their names say of a state that only a person changes, as InvalidVPCNetworkStateFault, is left out.
 */
export const STATE_FAULTS: Readonly<Record<string, readonly string[]>> = {
    FailoverGlobalCluster: ["InvalidDBClusterStateFault", "InvalidGlobalClusterStateFault"],
    SwitchoverGlobalCluster: ["InvalidDBClusterStateFault", "InvalidGlobalClusterStateFault"],
    ModifyDBCluster: [
        "InvalidDBClusterStateFault",
        "InvalidDBInstanceStateFault",
        "InvalidGlobalClusterStateFault",
    ],
    ModifyGlobalCluster: [
        "InvalidDBClusterStateFault",
        "InvalidDBInstanceStateFault",
        "InvalidGlobalClusterStateFault",
    ],
    CreateDBInstance: ["InvalidDBClusterStateFault"],
    DeleteDBInstance: ["InvalidDBClusterStateFault", "InvalidDBInstanceStateFault"],
    DeleteDBCluster: ["InvalidDBClusterStateFault", "InvalidGlobalClusterStateFault"],
    AddTagsToResource: [
        "InvalidDBClusterEndpointStateFault",
        "InvalidDBClusterStateFault",
        "InvalidDBInstanceStateFault",
    ],
    TagResource: ["ResourceInUseException"],
    DeleteTable: ["ResourceInUseException"],
    EnableHttpEndpoint: ["InvalidResourceStateFault"],
    ExecuteStatement: [
        "DatabaseResumingException",
        "DatabaseUnavailableException",
        "HttpEndpointNotEnabledException",
        "InvalidResourceStateException",
        "ServiceUnavailableError",
    ],
    UpdateAutoScalingGroup: ["ResourceContentionFault", "ScalingActivityInProgressFault"],
};

/** Whether a call failed for a state that passes. */
export function isStateFault(operation: string, code: string): boolean {
    return STATE_FAULTS[operation]?.includes(code) === true;
}
