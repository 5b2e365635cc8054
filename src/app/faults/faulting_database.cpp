#include "app/faults/faulting_database.hpp"

#include <string>

namespace souk::app {
namespace {

class FaultingTransaction final : public Transaction {
public:
    FaultingTransaction(std::unique_ptr<Transaction> inner, const FaultPoint& reach)
        : inner_(std::move(inner)), reach_(reach) {}
    StoreTable& stores() override { return inner_->stores(); }
    OperationTable& operations() override { return inner_->operations(); }
    JobTable& jobs() override { return inner_->jobs(); }
    EventTable& events() override { return inner_->events(); }
    IdempotencyTable& idempotency() override { return inner_->idempotency(); }
    AuditTable& audit() override { return inner_->audit(); }
    TokenTable& tokens() override { return inner_->tokens(); }
    PackTable& packs() override { return inner_->packs(); }
    KeptLogTable& kept_logs() override { return inner_->kept_logs(); }
    ReceiptTable& receipts() override { return inner_->receipts(); }
    Timestamp now() const override { return inner_->now(); }
    Result<> commit(std::string_view name) override {
        return around(reach_, "commit." + std::string(name), [&] { return inner_->commit(name); });
    }

private:
    std::unique_ptr<Transaction> inner_;
    const FaultPoint& reach_;
};

}  // namespace

Result<std::unique_ptr<Transaction>> FaultingDatabase::begin(Access access) {
    auto begun = inner_.begin(access);
    if (!begun) {
        return begun;
    }
    return std::unique_ptr<Transaction>(std::make_unique<FaultingTransaction>(std::move(*begun), reach_));
}

}  // namespace souk::app
