export const TABLE = "aws:dynamodb/table:Table";
/** A replica as a resource of its own, rather than in the table's `replicas`. */
export const TABLE_REPLICA = "aws:dynamodb/tableReplica:TableReplica";
