-- The phase table (src/core/store/phase.hpp) once more: whatever a program does, no row makes a move that is not in it.
CREATE TRIGGER stores_phase_moves BEFORE UPDATE OF phase ON stores
WHEN OLD.phase <> NEW.phase AND (OLD.phase || '>' || NEW.phase) NOT IN (
    'Requested>Provisioning', 'Requested>Failed', 'Requested>Deleting',
    'Provisioning>Ready', 'Provisioning>Failed', 'Provisioning>Deleting',
    'Ready>Updating', 'Ready>Degraded', 'Ready>Deleting',
    'Updating>Ready', 'Updating>Degraded', 'Updating>Suspended', 'Updating>Deleting',
    'Degraded>Ready', 'Degraded>Updating', 'Degraded>Deleting',
    'Suspended>Updating', 'Suspended>Deleting',
    'Failed>Provisioning', 'Failed>Deleting',
    'Deleting>Deleted')
BEGIN
    SELECT RAISE(ABORT, 'a store cannot make this move between phases');
END;
