/** What a role may do with its indexes. */
export type AccessLevel = "Read" | "Write" | "ReadWrite" | "Manage";

/** A role as the security plugin takes it. */
export interface Role {
    description: string;
    cluster_permissions: string[];
    index_permissions: { index_patterns: string[]; allowed_actions: string[] }[];
}

/**
 * The plugin's own groups of actions, by level: for requests that name several indexes, such as `_bulk` and `_msearch`,
 * and for each index. Source: OpenSearch documentation, "Default action groups".
 */
const GROUPS: Record<AccessLevel, { cluster: string[]; index: string[] }> = {
    Read: { cluster: ["cluster_composite_ops_ro"], index: ["read"] },
    Write: { cluster: ["cluster_composite_ops"], index: ["write"] },
    ReadWrite: { cluster: ["cluster_composite_ops"], index: ["crud"] },
    Manage: { cluster: ["cluster_composite_ops", "cluster_monitor"], index: ["indices_all"] },
};

/** The role of a level on some indexes. */
export function roleOf(level: AccessLevel, indexPatterns: string[]): Role {
    if (!Object.hasOwn(GROUPS, level)) {
        throw new Error(`"${level}" is not a level; there are ${Object.keys(GROUPS).join(", ")}`);
    }
    const { cluster, index } = GROUPS[level];
    return {
        description: `${level}: made by Pulumi, which writes it anew`,
        cluster_permissions: cluster,
        index_permissions: [{ index_patterns: indexPatterns, allowed_actions: index }],
    };
}
