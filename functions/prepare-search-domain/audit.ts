/**
 * What the audit log has: who was turned away, and who changed the security settings. Not what searches ask for, which is
 * personal data and most of the volume. OpenSearch takes the settings as a whole. Source: OpenSearch documentation, "Audit
 * logs".
 */
export const AUDIT = {
    enabled: true,
    audit: {
        enable_rest: true,
        disabled_rest_categories: ["GRANTED_PRIVILEGES", "AUTHENTICATED"],
        enable_transport: true,
        disabled_transport_categories: ["GRANTED_PRIVILEGES", "AUTHENTICATED"],
        resolve_bulk_requests: false,
        log_request_body: false,
        resolve_indices: true,
        exclude_sensitive_headers: true,
        ignore_users: [],
        ignore_requests: [],
    },
    compliance: {
        enabled: true,
        internal_config: true,
        external_config: false,
        read_metadata_only: true,
        read_watched_fields: {},
        read_ignore_users: [],
        write_metadata_only: true,
        write_log_diffs: false,
        write_watched_indices: [],
        write_ignore_users: [],
    },
};
