// What a get within a program answers: the items that the program has put before. It is no database: no conditions, no queries.

type Members = Record<string, unknown>;

/** The items that a program has put by `go`. */
export class Store {
  private readonly items: Members[] = [];

  /** What DynamoDB might answer to a request. */
  answer(operation: string, params: Members): Members {
    switch (operation) {
      case "PutItem":
        this.put(params["Item"]);
        return {};
      case "GetItem":
        return this.found(params["Key"]);
      case "Query":
      case "Scan":
        return { Items: [], Count: 0 };
      case "BatchWriteItem":
        this.each(params["RequestItems"], (request) =>
          this.put(inside(request, "PutRequest", "Item")),
        );
        return { UnprocessedItems: {} };
      case "BatchGetItem":
        return { Responses: this.batch(params["RequestItems"]), UnprocessedKeys: {} };
      case "TransactWriteItems":
        listOf(params["TransactItems"]).forEach((request) =>
          this.put(inside(request, "Put", "Item")),
        );
        return {};
      case "TransactGetItems":
        return {
          Responses: listOf(params["TransactItems"]).map((request) =>
            this.found(inside(request, "Get", "Key")),
          ),
        };
      default:
        return {};
    }
  }

  private put(item: unknown): void {
    if (isMembers(item)) this.items.push(item);
  }

  /** The item of a key, the last one written first. */
  private found(key: unknown): Members {
    if (!isMembers(key)) return {};
    const fields = Object.entries(key);
    const item = this.items.findLast((own) => fields.every(([name, value]) => own[name] === value));
    return item === undefined ? {} : { Item: item };
  }

  private each(tables: unknown, take: (request: unknown) => void): void {
    if (isMembers(tables)) Object.values(tables).flatMap(listOf).forEach(take);
  }

  private batch(tables: unknown): Members {
    if (!isMembers(tables)) return {};
    const answers = Object.entries(tables).map(([table, request]) => {
      const keys = isMembers(request) ? listOf(request["Keys"]) : [];
      return [table, keys.flatMap((key) => this.found(key)["Item"] ?? [])];
    });
    return Object.fromEntries(answers) as Members;
  }
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A member of a member. */
function inside(value: unknown, outer: string, inner: string): unknown {
  const found = isMembers(value) ? value[outer] : undefined;
  return isMembers(found) ? found[inner] : undefined;
}
